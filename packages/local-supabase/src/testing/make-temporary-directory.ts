import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

/** Small migrations with what can go wrong: row level security, a bare table, a private schema, column grants. */
export const TEST_MIGRATIONS = path.join(import.meta.dirname, "migrations")

/** A directory that is gone when `await using` goes out of scope. */
export async function makeTemporaryDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const directory = await mkdtemp(path.join(tmpdir(), "local-supabase-"))
  return {
    path: directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  }
}
