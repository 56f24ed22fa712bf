/** How often a page about runs is read anew: often while one is at work. */
export function pollInMs(isLive: boolean): number {
  return isLive ? 2_000 : 30_000
}
