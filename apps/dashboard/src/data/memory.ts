import "server-only"
import { notFound } from "next/navigation"
import { cache } from "react"
import { z } from "zod"
import { isJsonObject, type JsonObject } from "./json-object.ts"
import { type MemoryRow, parseFoundMemories, toMemoryRow } from "./memory-row.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

/** A memory item with all it holds. */
export type Memory = {
  workspaceId: string
  id: string
  sourceId: string | null
  title: string
  description: string | null
  content: string
  /** Null when it was not learned from a mistake. */
  errorContext: JsonObject | null
  tags: readonly string[]
  difficulty: string | null
  domain: string | null
  stage: number
  trace: { id: string; task: string; outcome: string | null } | null
  createdAt: string | null
  updatedAt: string
  hasVector: boolean
  embeddingModel: string | null
  isEmbeddingStale: boolean
  extras: JsonObject
  notes: readonly unknown[]
}

const jsonObject = z.custom<JsonObject>((value) => isJsonObject(value))

const stored = z.object({
  source_id: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  content: z.string(),
  error_context: z.unknown(),
  pattern_tags: z.array(z.string()).nullable(),
  difficulty_level: z.string().nullable(),
  domain_category: z.string().nullable(),
  evolution_stage: z.number(),
  created_at: z.string().nullable(),
  updated_at: z.string(),
  embedding_status: z.string(),
  embedding_model: z.string().nullable(),
  embedding_is_stale: z.boolean(),
  extras: jsonObject,
  notes: z.array(z.unknown()),
  trace: z.object({ id: z.uuid(), task: z.string(), outcome: z.string().nullable() }).nullable(),
})

const columns =
  "source_id, title, description, content, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at, updated_at, embedding_status, embedding_model, embedding_is_stale, extras, notes, trace:reasoning_traces(id, task, outcome)"

/** The memory of the address; what is not there and what others have look the same: not found. */
export const readMemory = cache(async (workspaceId: string, id: string): Promise<Memory> => {
  if (!z.uuid().safeParse(id).success) notFound()
  const { supabase } = await openSession()
  const row = unwrap(
    await supabase
      .from("memory_items")
      .select(columns)
      .eq("workspace_id", workspaceId)
      .eq("id", id)
      .maybeSingle(),
  )
  if (row === null) notFound()
  const memory = stored.parse(row)
  return {
    workspaceId,
    id,
    sourceId: memory.source_id,
    title: memory.title,
    description: memory.description,
    content: memory.content,
    errorContext: toErrorContext(memory.error_context),
    tags: memory.pattern_tags ?? [],
    difficulty: memory.difficulty_level,
    domain: memory.domain_category,
    stage: memory.evolution_stage,
    trace: memory.trace,
    createdAt: memory.created_at,
    updatedAt: memory.updated_at,
    hasVector: memory.embedding_status === "present",
    embeddingModel: memory.embedding_model,
    isEmbeddingStale: memory.embedding_is_stale,
    extras: memory.extras,
    notes: memory.notes,
  }
})

/** Sources keep texts and lists there too; those are shown under one name. */
function toErrorContext(value: unknown): JsonObject | null {
  if (value === null || value === undefined || value === "") return null
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? null : value
  return { failure_pattern: typeof value === "string" ? value : JSON.stringify(value) }
}

/** The nearest memories of its workspace by the stored vectors; null when it has no vector. */
export async function findSimilarMemories({
  workspaceId,
  id,
  hasVector,
}: Pick<Memory, "workspaceId" | "id" | "hasVector">): Promise<MemoryRow[] | null> {
  if (!hasVector) return null
  const { supabase } = await openSession()
  const found = parseFoundMemories(
    unwrap(
      await supabase.rpc("find_similar_memories", {
        workspace_id: workspaceId,
        memory_item_id: id,
        workspace_filter: [workspaceId],
        match_count: 6,
      }),
    ),
  )
  return found.map((row) => toMemoryRow({ found: row, words: [] }))
}
