import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { acquireDirectoryLock } from "./directory-lock.ts"

test("is held once, by one process, until that process is gone", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "directory-lock-"))
  onTestFinished(() => rm(directory, { recursive: true }))
  const lockFile = path.join(directory, "lock.sqlite")

  const lock = await acquireDirectoryLock(lockFile)
  expect(await acquireDirectoryLock(lockFile)).toBeNull()
  expect(await outcomeOfAnotherProcess(lockFile)).toBe("null\n")
  lock?.release()

  const holder = startHolder(lockFile)
  await once(holder.stdout, "data")
  expect(await acquireDirectoryLock(lockFile)).toBeNull()
  holder.kill("SIGKILL")
  await once(holder, "exit")
  const again = await acquireDirectoryLock(lockFile)
  expect(again).not.toBeNull()
  again?.release()
})

const moduleUrl = new URL("./directory-lock.ts", import.meta.url).href
const acquire = (lockFile: string) =>
  `import { acquireDirectoryLock } from ${JSON.stringify(moduleUrl)}
   globalThis.lock = await acquireDirectoryLock(${JSON.stringify(lockFile)})
   console.log(lock === null ? "null" : "held")`

async function outcomeOfAnotherProcess(lockFile: string): Promise<string> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", acquire(lockFile)])
  const [output] = await once(child.stdout, "data")
  return String(output)
}

function startHolder(lockFile: string) {
  return spawn(process.execPath, [
    "--input-type=module",
    "--eval",
    `${acquire(lockFile)}; setInterval(() => {}, 1000)`,
  ])
}
