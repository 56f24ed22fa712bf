import { chown, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "vitest"
import { runCommand } from "./run-command.ts"

export type SmallDisk = {
  path: string
  resize(bytes: number): Promise<void>
}

/** A file system of so many bytes that ends with the test, which is skipped with the reason where none can be mounted. */
export async function mountSmallDiskForTest({
  context,
  bytes,
  owner,
}: {
  context: TestContext
  bytes: number
  /** User id. @default the one of this process */
  owner?: number
}): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), "small-disk-"))
  const mount = (options: string[]) => runCommand({ command: "mount", arguments: options })
  try {
    await mount(["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path])
  } catch (cause) {
    await rm(path, { recursive: true })
    context.skip(`A small file system can not be mounted: ${String(cause)}`)
  }
  context.onTestFinished(async () => {
    // Lazily: a process that was told to end may still look at it.
    await runCommand({ command: "umount", arguments: ["--lazy", path] })
    await rm(path, { recursive: true })
  })
  if (owner !== undefined) await chown(path, owner, owner)
  return {
    path,
    resize: async (bytes) => {
      await mount(["-o", `remount,size=${bytes}`, path])
    },
  }
}
