import { join } from "node:path"
import { connectLocalSupabase, type LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import { migrationsDirectory } from "../migrations-directory.ts"
import { query } from "./read-target-rows.ts"
import { makeTemporaryDirectory } from "./temporary-directory.ts"

export type EmbeddedHome = {
  /** A directory that a user calls the command from. */
  path: string
  /** Keeps its embedded Supabase running between commands. */
  local: LocalSupabaseConnection
  /** Empties every table. */
  reset(): Promise<void>
  close(): Promise<void>
}

export async function openEmbeddedHome(): Promise<EmbeddedHome> {
  const directory = await makeTemporaryDirectory()
  const local = await connectLocalSupabase({
    directory: join(directory.path, ".reasoningbank"),
    migrationsDirectory,
  })
  return {
    path: directory.path,
    local,
    async reset() {
      await query(local.sql, "truncate public.workspaces, public.migration_runs cascade")
      await query(local.sql, "truncate public.lineage_links")
    },
    async close() {
      await local.close()
      await directory.remove()
    },
  }
}
