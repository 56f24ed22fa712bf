import { parseJson, type SourceRecord, stringifyJson } from "@reasoningbank/core"
import {
  fromExactJson,
  type NewRetrieval,
  type Retrieval,
  toExactJson,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import type { NewRecord } from "./chroma-collection.ts"

const numberOrNull = z.number().nullable()
const retrievalSchema = z.object({
  workspaceId: z.string(),
  id: z.string(),
  kind: z.enum(["memories", "traces"]),
  mode: z.enum(["semantic", "keyword", "hybrid"]),
  queryHash: z.string(),
  queryText: z.string().nullable(),
  k: z.int(),
  resultIds: z.array(z.string()),
  similarities: z.array(numberOrNull),
  scores: z.array(numberOrNull),
  embedMs: numberOrNull,
  databaseMs: z.number(),
  totalMs: z.number(),
  errorCode: z.string().nullable(),
  recordedAt: z.string(),
})

/** One search as a record; it has nothing to be compared with, so its vector is a single zero. */
export function retrievalRecord(retrieval: NewRetrieval): NewRecord {
  return {
    id: retrieval.id,
    document: retrieval.queryText ?? retrieval.queryHash,
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
  const parsed = retrievalSchema.safeParse(fromExactJson(parseJson(text)))
  if (!parsed.success) return null
  const { helpful, served_trace_id: served } = metadata ?? {}
  return {
    ...parsed.data,
    helpful: typeof helpful === "boolean" ? helpful : null,
    servedTraceId: typeof served === "string" ? served : null,
  }
}
