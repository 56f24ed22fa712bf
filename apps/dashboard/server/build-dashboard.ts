import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { readdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { inheritedEnvironment } from "./env.ts"
import { dashboardDirectory, nextCommand } from "./next-command.ts"

const digestFile = path.join(dashboardDirectory, ".next/source-digest")

/** Builds the dashboard for production, unless the last build was made from the same sources. */
export async function buildDashboard(): Promise<"built" | "present"> {
  const digest = await digestSources()
  if ((await readFile(digestFile, "utf8").catch(() => "")) === digest) return "present"
  await promisify(execFile)(process.execPath, [nextCommand, "build"], {
    cwd: dashboardDirectory,
    env: { ...inheritedEnvironment(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((cause: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`next build failed:\n${cause.stdout ?? ""}${cause.stderr ?? ""}`, { cause })
  })
  await writeFile(digestFile, digest)
  return "built"
}

async function digestSources(): Promise<string> {
  const hash = createHash("sha256")
  const sources = ["src", "next.config.ts", "package.json", "../../pnpm-lock.yaml"]
  for (const source of sources) {
    for (const file of await listFiles(path.join(dashboardDirectory, source))) {
      hash.update(path.relative(dashboardDirectory, file)).update("\0")
      hash.update(await readFile(file)).update("\0")
    }
  }
  return hash.digest("hex")
}

async function listFiles(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return [place]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}
