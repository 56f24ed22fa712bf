import { spawn } from "node:child_process"
import { once } from "node:events"
import { rename } from "node:fs/promises"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import type { FetchModel } from "./fetch-model.ts"

const bytesPerUnit: Record<string, number> = { kB: 1e3, MB: 1e6, GB: 1e9 }
/** Plugins and descriptors, which Maven fetches on its first run, are smaller. */
const smallestArtifactInBytes = 10e6
const keptOutput = 8_000

/** Lets the Maven client resolve the artifact (it keeps the jar in its own repository) and unpacks the files. */
export function createMavenFetcher({ command }: { command: string }): FetchModel {
  return async ({ edition, directory, signal, onProgress }) => {
    onProgress({ from: "maven", file: "artifact", receivedBytes: 0, totalBytes: null })
    const child = spawn(
      command,
      [
        "dependency:unpack",
        `-Dartifact=${edition.mavenCoordinates}`,
        `-DoutputDirectory=${directory}`,
        `-Dmdep.unpack.includes=${edition.files.map(({ mavenPath }) => mavenPath).join(",")}`,
      ],
      // Its plugin leaves a folder of markers where it runs.
      { cwd: directory, signal, stdio: ["ignore", "pipe", "pipe"] },
    )
    let output = ""
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-keptOutput)
      const progress = readMavenProgress(output)
      if (progress !== null) onProgress({ from: "maven", file: "artifact", ...progress })
    }
    child.stdout.on("data", collect)
    child.stderr.on("data", collect)
    const [code] = await once(child, "close")
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${firstError(output)}`)
    for (const { name, mavenPath } of edition.files) {
      await rename(join(directory, mavenPath), join(directory, name))
    }
  }
}

function firstError(output: string) {
  const plain = stripVTControlCharacters(output)
  return /^\[ERROR\] *(.+)$/m.exec(plain)?.[1] ?? plain.trim().split("\n").at(-1) ?? ""
}

/** The last "Progress (1): 71/83 MB" of Maven's output, when it is of the artifact itself. */
export function readMavenProgress(
  output: string,
): { receivedBytes: number; totalBytes: number } | null {
  const last = Array.from(output.matchAll(/([\d.]+)\/([\d.]+) ([kMG]B)/g)).at(-1)
  if (last === undefined) return null
  const [, received = "", total = "", unit = ""] = last
  const factor = bytesPerUnit[unit] ?? 1
  const totalBytes = Number(total) * factor
  if (totalBytes < smallestArtifactInBytes) return null
  return { receivedBytes: Number(received) * factor, totalBytes }
}
