import { z } from "zod"
import { memoryFilterSchema, traceFilterSchema } from "./memory-filter.ts"
import {
  givenEmbeddingSchema,
  memoryItemChangesSchema,
  workspaceIdSchema,
} from "./new-reasoning-trace.ts"
import { scoringSchema } from "./rank-memories.ts"
import { idField, textField } from "./write-fields.ts"

const workspaceId = workspaceIdSchema
const id = idField
const k = z.int().min(1).max(1_000).default(5)
const queryText = textField({ shortest: 1 }).refine((text) => text.trim() !== "", {
  error: "only spaces given, a text to search for expected",
})
const longestSearch = 10_000
const minSimilarity = z.number().min(-1).max(1).optional()

const similarityQuery = {
  workspaceId,
  k,
  text: queryText.optional(),
  embedding: givenEmbeddingSchema.optional(),
  minSimilarity,
}

type WithQuery = { text?: string | undefined; embedding?: unknown }

/** Either is enough, both would leave open which counts. */
function namesOneQuery({ text, embedding }: WithQuery): boolean {
  return (text === undefined) !== (embedding === undefined)
}
const oneQuery = { error: "one of text and embedding expected" }

export const keySchema = z.strictObject({ workspaceId, id })

export const memoryQuerySchema = z
  .strictObject({
    ...similarityQuery,
    filter: memoryFilterSchema.default({}),
    rankBy: z.enum(["similarity", "score"]).default("similarity"),
    scoring: scoringSchema,
  })
  .refine(namesOneQuery, oneQuery)

export const traceQuerySchema = z
  .strictObject({ ...similarityQuery, filter: traceFilterSchema.default({}) })
  .refine(namesOneQuery, oneQuery)

export const memorySearchSchema = z.strictObject({
  workspaceId,
  k,
  text: queryText.max(longestSearch),
  mode: z.enum(["keyword", "semantic", "hybrid"]),
  filter: memoryFilterSchema.default({}),
  scoring: scoringSchema,
})

const page = {
  workspaceId,
  limit: z.int().min(1).max(500).default(50),
  cursor: z.string().min(1).nullish(),
}
export const memoryListSchema = z.strictObject({ ...page, filter: memoryFilterSchema.default({}) })
export const traceListSchema = z.strictObject({ ...page, filter: traceFilterSchema.default({}) })

export const workspaceSchema = z.strictObject({ workspaceId })

export const memoryUpdateSchema = z.strictObject({
  workspaceId,
  id,
  changes: memoryItemChangesSchema,
})

export const oldTracesDeletionSchema = z.strictObject({
  workspaceId,
  retentionDays: z.int().min(1).max(100_000),
  dryRun: z.boolean().default(true),
})

export const workspaceDeletionSchema = z.strictObject({ workspaceId, name: z.string() })

export const retrievalKeySchema = z.strictObject({ workspaceId, retrievalId: z.uuid() })

export const retrievalMarkSchema = retrievalKeySchema.extend({
  helpfulIds: z.array(id).max(1_000).default([]),
  unhelpfulIds: z.array(id).max(1_000).default([]),
  servedTraceId: id.nullish(),
})
