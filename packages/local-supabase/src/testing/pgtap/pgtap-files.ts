import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { splitStatements } from "../../split-statements.ts"

export type PgtapFile = { name: string; statements: string[] }

export const pgtapDirectory = join(import.meta.dirname, "../../../../../supabase/tests")

/** The files that `supabase test db` would run, in its order: the first one prepares, the last one cleans up. */
export async function readPgtapFiles(directory: string): Promise<PgtapFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".test.sql")).toSorted()
  return Promise.all(
    names.map(async (name) => ({
      name,
      statements: await splitStatements(await readFile(join(directory, name), "utf8")),
    })),
  )
}
