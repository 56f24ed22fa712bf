import { chmod, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type TemporaryDirectory = {
  path: string
  remove(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A directory that is removed whatever its rights are by then. */
export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), "reasoningbank-cli-"))
  const remove = async () => {
    await makeWritable(path)
    await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }
  return { path, remove, [Symbol.asyncDispose]: remove }
}

async function makeWritable(directory: string) {
  await chmod(directory, 0o700)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(directory, entry.name))
  }
}
