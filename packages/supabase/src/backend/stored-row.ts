import { isJsonObject, type JsonObject, type JsonValue } from "@reasoningbank/core"
import {
  createTimestampReader,
  fromExactJson,
  type StoredMemoryItem,
  type TraceSummary,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"

const readTimestamp = createTimestampReader("UTC")

const instant = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : readTimestamp(text).instant))

const json = z.custom<JsonValue>().transform((value) => fromExactJson(value ?? null))
const jsonObject = json.transform((value): JsonObject => (isJsonObject(value) ? value : {}))

export const linkSchema = z.object({
  relation: z.string(),
  target_kind: z.string(),
  target_id: z.string(),
  source_reference: z.string().nullable(),
})
const links = z.array(linkSchema)
type StoredLink = z.output<typeof linkSchema>

const identity = {
  workspace_id: z.string(),
  id: z.string(),
  source_id: z.string().nullable(),
  embedding_status: z.string(),
  embedding_model: z.string().nullable(),
  created_at: instant,
  extras: jsonObject,
  links,
}

export const memoryRowSchema = z.object({
  ...identity,
  trace_id: z.string().nullable(),
  ordinal: z.coerce.number(),
  title: z.string(),
  description: z.string().nullable(),
  content: z.string(),
  error_context: json,
  pattern_tags: z.array(z.string()).nullable(),
  difficulty_level: z.string().nullable(),
  domain_category: z.string().nullable(),
  evolution_stage: z.coerce.number(),
})

export const foundMemorySchema = memoryRowSchema.extend({
  trace_task: z.string().nullable(),
  trace_outcome: z.string().nullable(),
  trace_created_at: instant,
  similarity: z.number().nullable(),
})

export const traceRowSchema = z.object({
  ...identity,
  task: z.string(),
  outcome: z.string().nullable(),
  metadata: jsonObject,
})

export const listedTraceSchema = traceRowSchema.extend({ memory_items: z.coerce.number() })

export const wholeTraceSchema = traceRowSchema.extend({
  trajectory: json,
  memory_items: z.array(memoryRowSchema),
})

type MemoryRow = z.output<typeof memoryRowSchema>
type TraceRow = z.output<typeof traceRowSchema>

export function memoryFromRow({
  row,
  trace,
}: {
  row: MemoryRow
  /** It belongs to; null when it belongs to none. */
  trace: Pick<TraceSummary, "id" | "task" | "outcome" | "createdAt"> | null
}): StoredMemoryItem {
  return {
    workspaceId: row.workspace_id,
    id: row.source_id ?? row.id,
    traceId: trace?.id ?? null,
    ordinal: row.ordinal,
    title: row.title,
    description: row.description,
    content: row.content,
    errorContext: row.error_context,
    patternTags: row.pattern_tags,
    difficultyLevel: row.difficulty_level,
    domainCategory: row.domain_category,
    evolutionStage: row.evolution_stage,
    parentMemoryId: references({ ...row, relation: "parent" }).at(0) ?? null,
    derivedFrom: references({ ...row, relation: "derived_from" }),
    derivedFromTraces: references({ ...row, relation: "derived_from", kind: "trace" }),
    createdAt: row.created_at,
    embeddingModel: modelOf(row),
    extras: row.extras,
    traceTask: trace?.task ?? null,
    traceOutcome: trace?.outcome ?? null,
    traceCreatedAt: trace?.createdAt ?? null,
  }
}

export function foundMemoryFromRow(row: z.output<typeof foundMemorySchema>): StoredMemoryItem {
  const trace = {
    id: row.trace_id ?? "",
    task: row.trace_task ?? "",
    outcome: row.trace_outcome,
    createdAt: row.trace_created_at,
  }
  return memoryFromRow({ row, trace: row.trace_id === null ? null : trace })
}

export function traceFromRow({
  row,
  memoryItemCount,
}: {
  row: TraceRow
  memoryItemCount: number
}): TraceSummary {
  return {
    workspaceId: row.workspace_id,
    id: row.source_id ?? row.id,
    task: row.task,
    outcome: row.outcome,
    metadata: row.metadata,
    parentTraceId: references({ ...row, relation: "parent", kind: "trace" }).at(0) ?? null,
    relatedTraceIds: references({ ...row, relation: "related", kind: "trace" }),
    createdAt: row.created_at,
    embeddingModel: modelOf(row),
    extras: row.extras,
    memoryItemCount,
  }
}

/** What a row is linked to, as the program named it. */
export function references({
  links: own,
  relation,
  kind = "memory_item",
}: {
  links: readonly StoredLink[]
  relation: string
  kind?: "memory_item" | "trace"
}): string[] {
  return own
    .filter((each) => each.relation === relation && each.target_kind === kind)
    .map(({ source_reference, target_id }) => source_reference ?? target_id)
}

function modelOf({
  embedding_status: status,
  embedding_model: model,
}: Pick<MemoryRow, "embedding_status" | "embedding_model">): string | null {
  return status === "present" ? model : null
}
