import { readdir } from "node:fs/promises"
import { extname, join } from "node:path"

const extensions = new Set([".json", ".jsonl", ".db", ".sqlite", ".sqlite3"])
const deepest = 2
const mostFiles = 200

/** Files below a directory that a bank may lie in, sorted; folders of other tools are left out. */
export async function listCandidateFiles(directory: string, depth = 0): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const files: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name)
    const isHidden = entry.name.startsWith(".") && entry.name !== ".swarm"
    if (entry.isFile() && extensions.has(extname(entry.name))) files.push(path)
    else if (entry.isDirectory() && depth < deepest && !isHidden && entry.name !== "node_modules") {
      files.push(...(await listCandidateFiles(path, depth + 1)))
    }
  }
  return files.slice(0, mostFiles)
}
