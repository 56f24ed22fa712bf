/** For the processes of Next.js. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env }
}
