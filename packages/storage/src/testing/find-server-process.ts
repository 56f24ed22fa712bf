import { readFile } from "node:fs/promises"
import { join } from "node:path"

/** Process id of the server that owns the directory of an embedded Supabase. */
export async function findServerProcess({ directory }: { directory: string }): Promise<number> {
  const { pid } = JSON.parse(await readFile(join(directory, "server.json"), "utf8"))
  return Number(pid)
}
