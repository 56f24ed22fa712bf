import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { createChromaBackend } from "@reasoningbank/chroma"
import { embeddingModel } from "@reasoningbank/core"
import type { StorageBackend } from "@reasoningbank/core/storage"
import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { startLocalSupabase } from "@reasoningbank/local-supabase"
import { createSupabaseUserBackend } from "@reasoningbank/supabase/backend"
import { createClient } from "@supabase/supabase-js"
import { openBenchmarkDatabase } from "./measuring/open-benchmark-database.ts"
import { readSampleTexts } from "./sample-texts.ts"
import { createMixer } from "./search/mix-vectors.ts"
import { readSampleItems } from "./search/read-sample-items.ts"
import { createSeededRandom } from "./search/seeded-random.ts"

const { values } = parseArgs({
  options: {
    memories: { type: "string", default: "10000" },
    recalls: { type: "string", default: "200" },
  },
})
const itemsPerTrace = 10
const migrationsDirectory = join(import.meta.dirname, "../../supabase/migrations")
const workspaceId = "recall"

const directory = await mkdtemp(join(tmpdir(), "recall-"))
const embedder = createMiniLmEmbedder()
const { tasks } = await readSampleTexts()
const items = await readSampleItems()
const database = await openBenchmarkDatabase()
const medians = new Map<string, number>()
try {
  console.log(
    `A whole recall: the text is embedded, ${values.memories} memory items are searched, the search is recorded.
${values.recalls} recalls of 10, one after the other; load ${loadavg()[0]?.toFixed(1)} at the start.\n`,
  )
  for (const [name, postgresUrl] of [
    ["native Postgres, under RLS", database.url],
    ["embedded Supabase, under RLS", undefined],
  ] as const) {
    const local = await startLocalSupabase({
      ...{ directory: join(directory, name), migrationsDirectory },
      ...(postgresUrl !== undefined && { postgresUrl }),
    })
    await measure({ name, backend: await openAsUser(local) })
    await local.close()
  }
  const bank = join(directory, "chroma")
  await measure({
    name: "Chroma server",
    backend: await createChromaBackend({ directory: bank, embedder }),
  })
  const peer = medians.get("Chroma server") ?? 0
  for (const [name, median] of medians) {
    console.log(`${name}: ${(peer / median).toFixed(1)} times as fast as the Chroma server`)
  }
} finally {
  await embedder.close()
  await database.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measure({ name, backend }: { name: string; backend: StorageBackend }) {
  await fill(backend)
  const totals: number[] = []
  const databaseTimes: number[] = []
  const recalls = Number(values.recalls)
  for (let recall = 0; recall < recalls; recall++) {
    // Never the same text twice: the embedder would remember it.
    const text = `${tasks[recall % tasks.length]} (${recall})`
    const started = performance.now()
    const { retrievalId } = await backend.querySimilarMemories({ workspaceId, text, k: 10 })
    totals.push(performance.now() - started)
    const recorded = await backend.getRetrieval({ workspaceId, retrievalId })
    if (recorded === null) throw new Error(`${name} did not record the search.`)
    databaseTimes.push(recorded.databaseMs)
  }
  const show = (times: number[]) =>
    `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)} ms`
  console.log(
    `${name.padEnd(30)} p50 / p95  ${show(totals)}, of which the database ${show(databaseTimes)}`,
  )
  medians.set(name, quantile(totals, 0.5))
  await backend.close()
}

async function fill(backend: StorageBackend): Promise<void> {
  const random = createSeededRandom(1)
  const mixer = createMixer({ items, random })
  const topics = new Set(items.keys())
  for (let trace = 0; trace < Number(values.memories) / itemsPerTrace; trace++) {
    const memoryItems = Array.from({ length: itemsPerTrace }, () => {
      const place = random.index(items.length)
      const { title, description, content } = items[place] ?? {
        title: "",
        description: "",
        content: "",
      }
      const { vector } = mixer.mix({ place, topics })
      return { title, description, content, embedding: { vector, model: embeddingModel } }
    })
    const [first] = memoryItems
    await backend.addTrace({
      ...{ workspaceId, task: tasks[trace % tasks.length] ?? "", outcome: "success", memoryItems },
      trajectory: [{ iteration: 1, action: "generate" }],
      ...(first !== undefined && { embedding: first.embedding }),
    })
  }
}

async function openAsUser(local: { url: string; publishableKey: string; secretKey: string }) {
  const options = { auth: { persistSession: false, autoRefreshToken: false } }
  const admin = createClient(local.url, local.secretKey, options)
  const visitor = createClient(local.url, local.publishableKey, options)
  const { data } = await visitor.auth.signUp({
    ...{ email: `${randomUUID()}@example.org`, password: randomUUID() },
  })
  const token = data.session?.access_token ?? null
  await admin.from("workspaces").insert({ id: workspaceId, name: workspaceId })
  await admin
    .from("workspace_members")
    .insert({ workspace_id: workspaceId, user_id: data.user?.id, role: "owner" })
  return createSupabaseUserBackend({
    ...{ supabaseUrl: local.url, publishableKey: local.publishableKey, embedder },
    accessToken: async () => token,
  })
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((first, second) => first - second)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}
