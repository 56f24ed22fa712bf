import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type TemporaryDirectory = { path: string; remove: () => Promise<void> }

export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), "supabase-target-"))
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }),
  }
}
