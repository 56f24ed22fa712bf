import { execFile } from "node:child_process"
import { rename } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import type { FetchProgress } from "./fetch-from-hub.ts"
import { mavenArtifact, modelFiles } from "./model-files.ts"

const run = promisify(execFile)

/** Lets the Maven client resolve the artifact and unpack both files into `directory`. */
export async function fetchFromMaven({
  command,
  directory,
  onProgress,
}: {
  command: string
  directory: string
  onProgress: FetchProgress | undefined
}) {
  for (const { name } of modelFiles) {
    onProgress?.({ from: "maven", file: name, receivedBytes: 0, totalBytes: null })
  }
  await run(command, [
    "--quiet",
    "--batch-mode",
    "dependency:unpack",
    `-Dartifact=${mavenArtifact.coordinates}`,
    `-DoutputDirectory=${directory}`,
    `-Dmdep.unpack.includes=${Object.values(mavenArtifact.paths).join(",")}`,
  ])
  for (const { name } of modelFiles) {
    await rename(join(directory, mavenArtifact.paths[name]), join(directory, name))
  }
}
