import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"

/** Path, mode, nanosecond mtime and SHA-256 of everything in a directory, itself included. */
export async function fingerprintDirectory(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true })
  const lines: string[] = []
  for (const name of ["", ...names.sort()]) {
    const path = join(directory, name)
    const found = await stat(path, { bigint: true })
    const content = found.isFile() ? await readFile(path) : null
    const digest =
      content === null ? "directory" : createHash("sha256").update(content).digest("hex")
    lines.push(`${name} ${found.mode.toString(8)} ${found.mtimeNs} ${digest}`)
  }
  return lines
}
