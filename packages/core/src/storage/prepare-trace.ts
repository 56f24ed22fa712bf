import { createHash } from "node:crypto"
import { v4, v5 } from "uuid"
import type { Embedder } from "../embedder.ts"
import { canonicalJson } from "../json/canonical-json.ts"
import { embedTexts } from "./embed-texts.ts"
import type { NamedVector } from "./named-vector.ts"
import type { ParsedMemoryItem, ParsedTrace } from "./new-reasoning-trace.ts"
import { toExactJson, toPlainJson } from "./plain-json.ts"
import { embeddedText, type StoredMemoryItem, type StoredReasoningTrace } from "./stored-rows.ts"

export type PreparedMemoryItem = { memory: StoredMemoryItem; embedding: NamedVector | null }

/** A trace as it will be read back, with its vectors. */
export type PreparedTrace = {
  trace: Omit<StoredReasoningTrace, "memoryItems" | "memoryItemCount">
  embedding: NamedVector | null
  memoryItems: PreparedMemoryItem[]
  /** SHA-256 (hex) of what the program gave: its id and every field but the vectors. */
  contentDigest: string
}

/** Namespace of the ids of items that were given none, itself a random UUID chosen once. */
const itemNamespace = "b2c9a7d0-6f3e-4a51-9c8d-1e5f7a402b96"

/** Gives ids, times and vectors to what has none. */
export async function prepareTrace({
  given,
  embedder,
  dimension,
  now,
}: {
  given: ParsedTrace
  /** Gives null when there is no model: rows without a given vector are stored without one. */
  embedder: () => Promise<Embedder | null>
  dimension: number | null
  now: number
}): Promise<PreparedTrace> {
  const id = given.id ?? v4()
  const createdAt = given.createdAt ?? formatInstant(now)
  const memories = given.memoryItems.map((item, ordinal) =>
    prepareMemory({ item, ordinal, id, createdAt, given }),
  )
  const contentDigest = digestContent({ given, id, memories })
  const embeddings = await embedTexts({
    rows: [
      { text: given.task, given: given.embedding },
      ...memories.map((memory, at) => ({
        text: embeddedText(memory),
        given: given.memoryItems[at]?.embedding,
      })),
    ],
    embedder,
    dimension,
  })
  const [embedding = null, ...itemEmbeddings] = embeddings
  const { workspaceId, task, outcome, metadata, extras, relatedTraceIds } = given
  return {
    trace: {
      workspaceId,
      id,
      task,
      outcome,
      metadata,
      extras,
      createdAt,
      trajectory: given.trajectory,
      parentTraceId: given.parentTraceId ?? null,
      relatedTraceIds: distinct(relatedTraceIds),
      embeddingModel: embedding?.model ?? null,
    },
    embedding,
    contentDigest,
    memoryItems: memories.map((memory, at) => {
      const own = itemEmbeddings[at] ?? null
      return { memory: { ...memory, embeddingModel: own?.model ?? null }, embedding: own }
    }),
  }
}

function prepareMemory({
  item,
  ordinal,
  id,
  createdAt,
  given,
}: {
  item: ParsedMemoryItem
  ordinal: number
  id: string
  createdAt: string
  given: ParsedTrace
}): StoredMemoryItem {
  return {
    workspaceId: given.workspaceId,
    id: item.id ?? v5(`${id} ${ordinal}`, itemNamespace),
    traceId: id,
    ordinal,
    title: item.title,
    description: item.description,
    content: item.content,
    errorContext: item.errorContext ?? null,
    patternTags: item.patternTags ?? null,
    difficultyLevel: item.difficultyLevel ?? null,
    domainCategory: item.domainCategory ?? null,
    evolutionStage: item.evolutionStage ?? 0,
    parentMemoryId: item.parentMemoryId ?? null,
    derivedFrom: distinct(item.derivedFrom ?? []),
    derivedFromTraces: [],
    createdAt: item.createdAt ?? createdAt,
    embeddingModel: null,
    extras: item.extras ?? {},
    traceTask: given.task,
    traceOutcome: given.outcome,
    traceCreatedAt: createdAt,
  }
}

/** UTC with microseconds, as rows keep times. */
export function formatInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z")
}

/** Times count when the program gave them, and vectors never do: they follow from the texts. */
function digestContent({
  given,
  id,
  memories,
}: {
  given: ParsedTrace
  id: string
  memories: readonly StoredMemoryItem[]
}): string {
  const { value } = toPlainJson({
    ...given,
    id,
    embedding: null,
    createdAt: given.createdAt ?? null,
    parentTraceId: given.parentTraceId ?? null,
    memoryItems: memories.map((memory, at) => ({
      ...memory,
      createdAt: given.memoryItems[at]?.createdAt ?? null,
      traceCreatedAt: null,
    })),
  })
  return createHash("sha256")
    .update(canonicalJson(toExactJson(value)))
    .digest("hex")
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
