import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { notWritten } from "./archive-space.ts"

const prefix = ".chroma_backup-"

/** Makes a folder for unfinished files where the archive goes, and removes those of processes that were killed. */
export async function makeWorkFolder(outputDirectory: string): Promise<string> {
  try {
    await mkdir(outputDirectory, { recursive: true })
    for (const name of await readdir(outputDirectory)) {
      const [, pid] = /^\.chroma_backup-(\d+)-/.exec(name) ?? []
      if (pid === undefined || isAlive(Number(pid))) continue
      await rm(join(outputDirectory, name), { recursive: true, force: true })
    }
    return await mkdtemp(join(outputDirectory, `${prefix}${process.pid}-`))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw notWritten({ outputDirectory, reason, error })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}
