import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describeStorageBackend } from "@reasoningbank/core/testing"
import { beforeAll } from "vitest"
import { createChromaBackend } from "./create-chroma-backend.ts"

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chroma-backend-"))
  return () => rm(directory, { recursive: true, force: true })
})

describeStorageBackend({
  name: "a Chroma server started on a directory",
  openBackend: async (settings) => ({
    backend: await createChromaBackend({ ...settings, directory: join(directory, "bank") }),
  }),
})
