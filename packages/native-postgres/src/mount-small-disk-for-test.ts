import { chown, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runCommand } from "@reasoningbank/native-postgres"
import type { TestContext } from "vitest"

export type SmallDisk = {
  path: string
  resize(bytes: number): Promise<void>
}

/** A file system of so many bytes, gone with the test. Mounting takes root; without it the test is skipped. */
export async function mountSmallDisk({
  context,
  bytes,
  owner,
}: {
  context: TestContext
  bytes: number
  /** User id. */
  owner?: number
}): Promise<SmallDisk> {
  if (process.getuid?.() !== 0) context.skip("Mounting a small file system takes root.")
  const path = await mkdtemp(join(tmpdir(), "small-disk-"))
  await runCommand({
    command: "mount",
    arguments: ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path],
  })
  context.onTestFinished(async () => {
    await runCommand({ command: "umount", arguments: ["--lazy", path] })
    await rm(path, { recursive: true })
  })
  if (owner !== undefined) await chown(path, owner, owner)
  return {
    path,
    resize: async (bytes) => {
      await runCommand({
        command: "mount",
        arguments: ["-o", `remount,size=${bytes}`, path],
      })
    },
  }
}
