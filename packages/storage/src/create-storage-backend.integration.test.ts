import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { promisify } from "node:util"
import { createHashedWordsEmbedder, describeStorageBackend } from "@reasoningbank/core/testing"
import { beforeAll, describe, expect, test } from "vitest"
import { createStorageBackend } from "./create-storage-backend.ts"

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "storage-backend-"))
  return () => rm(directory, { recursive: true, force: true })
})

describeStorageBackend({
  name: "chromadb through createStorageBackend, cached and traced",
  openBackend: async (settings) => ({
    backend: await createStorageBackend("chromadb", {
      ...settings,
      ...{ directory: join(directory, "bank"), cache: {} },
    }),
  }),
})

test("the embedded Supabase is a backend like the others", async () => {
  const workspaceId = "w"
  const backend = await createStorageBackend("local", {
    ...{ directory: join(directory, "local"), embedder: createHashedWordsEmbedder() },
  })
  try {
    const { id } = await backend.addTrace({
      ...{ workspaceId, task: "Write a parser", outcome: "success" },
      trajectory: [{ iteration: 1, action: "think" }],
    })
    expect(await backend.getTrace({ workspaceId, id })).toMatchObject({ task: "Write a parser" })
  } finally {
    await backend.close()
  }
})

test("a project without address or key is an error that names both ways to give them", async () => {
  await expect(createStorageBackend("supabase")).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/supabaseUrl.*SUPABASE_URL/),
  })
  const supabaseUrl = "http://127.0.0.1:9"
  await expect(createStorageBackend("supabase", { supabaseUrl })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/supabaseKey.*SUPABASE_KEY/),
  })
})

test("an unknown name is an error that lists the names", async () => {
  // @ts-expect-error the type knows the names, a variable does not
  await expect(createStorageBackend("pinecone")).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/"pinecone".*chromadb, supabase, local/),
  })
})

test("without arguments the environment decides, and empty variables are not set", async () => {
  const names = ["STORAGE_BACKEND", "REASONING_BANK_DATA", "CHROMA_URL", "COLLECTION_NAME"]
  const before = new Map(names.map((name) => [name, process.env[name]]))
  try {
    process.env.STORAGE_BACKEND = "chroma"
    process.env.REASONING_BANK_DATA = join(directory, "from-environment")
    process.env.CHROMA_URL = ""
    process.env.COLLECTION_NAME = "my_memories"
    const backend = await createStorageBackend()
    expect(await backend.health()).toMatchObject({
      ...{ isHealthy: true, backend: "chroma" },
      location: process.env.REASONING_BANK_DATA,
    })
    await backend.close()
    process.env.STORAGE_BACKEND = "nowhere"
    await expect(createStorageBackend()).rejects.toMatchObject({ code: "usage" })
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
})

const vendors = /node_modules\/(?:chromadb|@supabase|pg|postgres|onnxruntime|@xenova|@electric-sql)/

async function loadedBy(program: string): Promise<string[]> {
  const hook = `import { registerHooks } from "node:module"
    const loaded = []
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
    ${program}
    console.log(JSON.stringify(loaded))`
  const options = { cwd: import.meta.dirname }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", hook],
    options,
  )
  return JSON.parse(stdout)
}

describe("what a program loads", () => {
  test("the library itself, and the core, load no vendor", async () => {
    const loaded = await loadedBy(`
      await import("@reasoningbank/storage")
      await import("@reasoningbank/core")
      await import("@reasoningbank/core/storage")`)
    expect(loaded.some((url) => url.includes("packages/core/src/index.ts"))).toBe(true)
    expect(loaded.filter((url) => vendors.test(url))).toEqual([])
    expect(loaded.filter((url) => /packages\/(?:chroma|supabase|embeddings)/.test(url))).toEqual([])
  })

  test("one backend does not load the other", async () => {
    const loaded = await loadedBy(`
      const { createStorageBackend } = await import("@reasoningbank/storage")
      const directory = ${JSON.stringify(join(directory, "loaded"))}
      const backend = await createStorageBackend("chromadb", { directory, embedder: null })
      await backend.close()`)
    expect(loaded.some((url) => url.includes("packages/chroma"))).toBe(true)
    expect(loaded.filter((url) => /packages\/supabase|node_modules\/@supabase/.test(url))).toEqual(
      [],
    )
  })
})

test("an adapter of Supabase does not load Chroma", async () => {
  const loaded = await loadedBy(`
    const { createStorageBackend } = await import("@reasoningbank/storage")
    const supabase = { supabaseUrl: "http://127.0.0.1:9", supabaseKey: "sb_secret_x", embedder: null }
    await (await createStorageBackend("supabase", supabase)).close()`)
  expect(loaded.some((url) => url.includes("packages/supabase"))).toBe(true)
  expect(loaded.filter((url) => /packages\/chroma|node_modules\/chromadb/.test(url))).toEqual([])
})

test("an embedder is not made before a text has to be embedded", async () => {
  let made = 0
  const backend = await createStorageBackend("chroma", {
    directory: join(directory, "late"),
    embedder: async () => {
      made++
      return createHashedWordsEmbedder()
    },
  })
  try {
    await backend.getStatistics({ workspaceId: "w" })
    expect(made).toBe(0)
    const search = { workspaceId: "w", text: "anything" }
    await Promise.all([backend.querySimilarMemories(search), backend.querySimilarMemories(search)])
    expect(made).toBe(1)
  } finally {
    await backend.close()
  }
})
