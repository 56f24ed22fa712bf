import { join } from "node:path"
import { createChromaBackend } from "@reasoningbank/chroma"
import { startChromaServer } from "@reasoningbank/chroma/server"
import type { NewReasoningTrace, StoredReasoningTrace } from "@reasoningbank/core/storage"
import { createHashedWordsEmbedder } from "@reasoningbank/core/testing"
import { createSupabaseBackend } from "@reasoningbank/supabase/backend"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { runMigrate } from "./testing/run-cli.ts"

const workspaceId = "575e6c19532fdf9a"
const embedder = createHashedWordsEmbedder()
let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
})
afterAll(() => home.close())

const lesson = {
  title: "Read one token ahead",
  description: "One token of lookahead is enough",
  content: "A recursive descent parser needs one token of lookahead here, wörtlich 日本.",
}
const traces: NewReasoningTrace[] = [
  {
    ...{ workspaceId, id: "0b1e2d3c-4a5b-4c6d-8e7f-001122334455", outcome: "failure" },
    task: "Write a parser. ".repeat(60),
    trajectory: [
      { iteration: 0, action: "matts_start", k: 3, scores: [0.5, 1] },
      { iteration: 1, action: "generate", output: "x".repeat(3_000) },
    ],
    metadata: { score: 0.25, big: 9_007_199_254_740_993n, nested: { list: [null, true, "é"] } },
    parentTraceId: "0b1e2d3c-4a5b-4c6d-8e7f-00112233ffff",
    relatedTraceIds: ["not-a-uuid", "0b1e2d3c-4a5b-4c6d-8e7f-00112233eeee"],
    extras: { extras: 1, task: "an extra of a taken name", tool: "agent 1.2" },
    createdAt: "2026-03-29T02:30:00.123456+02:00",
    memoryItems: [
      {
        ...{ ...lesson, id: "first", domainCategory: "algorithms", difficultyLevel: "expert" },
        errorContext: { error_type: "infinite loop", corrective_guidance: "" },
        ...{ patternTags: ["parsing"], evolutionStage: 2, parentMemoryId: "elsewhere" },
        ...{ derivedFrom: ["a", "b"], createdAt: "2026-03-30T00:00:00Z" },
        extras: { title: "an extra of a taken name", source_type: "quiz" },
      },
      { ...lesson, patternTags: [], errorContext: {} },
    ],
  },
  {
    ...{ workspaceId, task: "A task that taught nothing", outcome: "partial" },
    trajectory: [{ iteration: 1, action: "think" }],
  },
]

test("what the Chroma backend stored arrives whole, and a half-written trace does not", async () => {
  const directory = join(home.path, "chroma_data")
  const stored: StoredReasoningTrace[] = []
  const server = await startChromaServer({ directory })
  try {
    const backend = await createChromaBackend({ url: server.url, embedder })
    for (const trace of traces) {
      const { id } = await backend.addTrace(trace)
      const whole = await backend.getTrace({ workspaceId, id })
      if (whole !== null) stored.push(whole)
    }
    await backend.close()
    await addItemOfNoTrace(server.url)
  } finally {
    await server.stop()
  }

  const run = await runMigrate({
    arguments: ["--chromadb-dir", directory, "--source-timezone", "Europe/Berlin"],
    directory: home.path,
  })
  expect(run.report).toMatchObject({
    status: "verified_with_rejects",
    source: { dialects: { current: 3, legacy: 0, trace: 2, unknown: 0 } },
    counts: { traces: { written: 2 }, memory_items: { written: 2 } },
    rejects: [{ source_id: "half", code: "unfinished_write" }],
  })
  expect(run.stdout).not.toContain("never kept trajectories")

  const backend = createSupabaseBackend({
    ...{ supabaseUrl: home.local.url, supabaseKey: home.local.secretKey, embedder },
  })
  for (const trace of stored) {
    expect(await backend.getTrace({ workspaceId, id: trace.id })).toEqual(trace)
  }
  expect(stored.length).toBe(2)
  const { memories } = await backend.querySimilarMemories({ workspaceId, text: lesson.content })
  expect(memories.map(({ memory }) => memory.id).toSorted()).toEqual(
    stored.flatMap(({ memoryItems }) => memoryItems.map(({ id }) => id)).toSorted(),
  )
})

/** What a client killed between the items and their trace leaves. */
async function addItemOfNoTrace(url: string): Promise<void> {
  const base = `${url}/api/v2/tenants/default_tenant/databases/default_database/collections`
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" }
    const response = await fetch(base + path, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
    })
    return JSON.parse(await response.text())
  }
  const collection = await post("", { name: "reasoning_memories", get_or_create: true })
  const memoryData = JSON.stringify({ ...lesson, id: "half" })
  await post(`/${collection.id}/add`, {
    ids: ["half"],
    documents: ["half"],
    embeddings: [Array.from({ length: 384 }, () => 0.05)],
    metadatas: [
      {
        ...{ workspace_id: workspaceId, trace_id: "never", trace_digest: "00", pending: true },
        ...{ task: "A task", outcome: "success", memory_data: memoryData },
      },
    ],
  })
}
