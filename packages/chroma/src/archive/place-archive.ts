import { link, open, rename, rm } from "node:fs/promises"
import { join } from "node:path"

const extension = ".tar.gz"

/** `chroma_backup_YYYYMMDD.tar.gz`, of the day as the machine has it. */
export function archiveName(now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return `chroma_backup_${day.map((part) => String(part).padStart(2, "0")).join("")}${extension}`
}

/** Whether a file's name is one that {@link archiveName} and {@link placeArchive} give. */
export function isArchiveName(name: string): boolean {
  return /^chroma_backup_\d{8}(_\d+)?\.tar\.gz$/.test(name)
}

/** Gives a finished file its name, or that with the next number where it is taken; returns the path. */
export async function placeArchive({
  from,
  directory,
  name,
}: {
  from: string
  directory: string
  name: string
}): Promise<string> {
  const ending = /(\.tar\.gz|\.tgz|\.[^.]*)?$/.exec(name)?.[0] ?? ""
  const stem = name.slice(0, name.length - ending.length)
  for (let number = 1; ; number++) {
    const path = join(directory, number === 1 ? name : `${stem}_${number}${ending}`)
    try {
      await moveToFreeName({ from, to: path })
      await syncDirectory(directory)
      return path
    } catch (error) {
      if (!hasCode(error, ["EEXIST"])) throw error
    }
  }
}

/** Unlike a rename, a link never replaces a file; where there are no links, an empty file holds the name. */
async function moveToFreeName({ from, to }: { from: string; to: string }) {
  try {
    await link(from, to)
    await rm(from)
  } catch (error) {
    if (!hasCode(error, ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"])) throw error
    await (await open(to, "wx")).close()
    await rename(from, to)
  }
}

/** So that the name too is there after a power cut; not every system can. */
async function syncDirectory(directory: string) {
  const handle = await open(directory, "r").catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code))
}
