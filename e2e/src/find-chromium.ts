import { access, mkdir, rename, writeFile } from "node:fs/promises"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { fetchOnce, runCommand } from "@reasoningbank/native-postgres"

const chromiumVersion = "153.0.0"

const cacheDirectory = path.join(import.meta.dirname, "../../.cache/chromium")

const installedBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/** Not the ones the package proposes: they switch the browser's own security off. The last two give WebGL without a GPU. */
const launchArguments = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--use-gl=angle",
  "--use-angle=swiftshader",
] as const

export type Chromium = { executablePath: string; args: string[] }

/**
 * A real Chromium: fetched with npm at the first call where it is made for (66 MB, so it is no dependency), elsewhere
 * an installed one. Throws with the reason when none can be had.
 */
export async function findChromium(): Promise<Chromium> {
  if (process.platform === "linux" && process.arch === "x64") return fetchChromium()
  for (const executablePath of installedBrowsers) {
    const isThere = await access(executablePath).then(
      () => true,
      () => false,
    )
    if (isThere) return { executablePath, args: [] }
  }
  throw new Error(`No Chromium was found: ${installedBrowsers.join(", ")} are not there.`)
}

async function fetchChromium(): Promise<Chromium> {
  const directory = path.join(cacheDirectory, chromiumVersion)
  await fetchOnce({ directory, fetch: fetchWithNpm }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`Chromium could not be fetched with npm: ${reason}`, { cause })
  })
  const entry = path.join(directory, "node_modules/@sparticuz/chromium/build/index.js")
  const { default: chromium }: ChromiumModule = await import(pathToFileURL(entry).href)
  return { executablePath: await chromium.executablePath(), args: [...launchArguments] }
}

type ChromiumModule = { default: { executablePath(): Promise<string> } }

async function fetchWithNpm(place: { directory: string; workDirectory: string }): Promise<void> {
  const project = path.join(place.workDirectory, "npm")
  await mkdir(project)
  await writeFile(path.join(project, "package.json"), "{}")
  await runCommand({
    command: "npm",
    arguments: [
      ..."install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error".split(" "),
      `@sparticuz/chromium@${chromiumVersion}`,
    ],
    directory: project,
  })
  await rename(project, place.directory)
}
