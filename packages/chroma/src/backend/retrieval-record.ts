import { parseJson, type SourceRecord, stringifyJson } from "@reasoningbank/core"
import { fromExactJson, type Retrieval, toExactJson } from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import type { NewRecord } from "./chroma-collection.ts"

const numberOrNull = z.number().nullable()
const retrievalSchema = z.object({
  workspaceId: z.string(),
  id: z.string(),
  searchKind: z.enum(["similar_memories", "similar_traces", "semantic", "keyword", "hybrid"]),
  queryHash: z.string().nullable(),
  queryText: z.string().nullable(),
  k: z.int(),
  results: z.array(
    z.object({ id: z.string(), score: numberOrNull, isHelpful: z.boolean().nullable() }),
  ),
  embedMs: numberOrNull,
  databaseMs: z.number(),
  totalMs: z.number(),
  errorCode: z.string().nullable(),
  recordedAt: z.string(),
  servedTraceId: z.string().nullable(),
})

/** One search as a record; it has nothing to be compared with, so its vector is a single zero. */
export function retrievalRecord(retrieval: Retrieval): NewRecord {
  return {
    id: retrieval.id,
    document: retrieval.queryText ?? retrieval.queryHash ?? "",
    embedding: new Float32Array(1),
    metadata: {
      workspace_id: retrieval.workspaceId,
      recorded_at: retrieval.recordedAt,
      retrieval: stringifyJson(toExactJson({ ...retrieval })),
    },
  }
}

/** Null for a record that is none of ours. */
export function retrievalFromRecord({ metadata }: SourceRecord): Retrieval | null {
  const text = metadata?.retrieval
  if (typeof text !== "string") return null
  return retrievalSchema.safeParse(fromExactJson(parseJson(text))).data ?? null
}
