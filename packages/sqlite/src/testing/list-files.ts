import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** Every file and folder below a directory with hash, mode and time: equal means untouched. */
export function listFiles(directory: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const { mtimeNs, size, mode } = statSync(path, { bigint: true })
    const hash = entry.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : ""
    files.set(path, `${mode} ${size} ${mtimeNs} ${hash}`)
  }
  files.set(directory, String(statSync(directory, { bigint: true }).mtimeNs))
  return files
}
