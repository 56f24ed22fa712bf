import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { parseJson } from "../json/parse-json.ts"
import type { SourceRecord } from "../memory-source.ts"

/** A record of the dialect `trace`, before its fields are read. */
export type TraceRecord = {
  /** Empty when the record names none. */
  workspaceId: string
  /** The trace's id as it was given. */
  traceSourceId: string
  /** SHA-256 (hex) of the trace as it was given; its items carry it too. */
  digest: string
  /** Who made the task's vector; null when it has none. */
  embeddingModel: string | null
  /** The whole trace; null when it can not be read. */
  data: JsonObject | null
}

export function readTraceRecord({ id, metadata }: SourceRecord): TraceRecord {
  const text = (key: string) => {
    const value = metadata?.[key]
    return typeof value === "string" ? value : ""
  }
  const data = parseObject(text("trace_data"))
  const hasEmbedding = metadata?.has_embedding !== false
  return {
    workspaceId: text("workspace_id"),
    traceSourceId: typeof data?.id === "string" ? data.id : id,
    digest: text("trace_digest"),
    embeddingModel: hasEmbedding ? text("embedding_model") || null : null,
    data,
  }
}

export function wholeTraceKey({
  workspaceId,
  traceSourceId,
  digest,
}: Pick<TraceRecord, "workspaceId" | "traceSourceId" | "digest">): string {
  return JSON.stringify([workspaceId, traceSourceId, digest])
}

/** Extras whose name was taken lie in a member of their own; all of them, side by side. */
export function unnestExtras({ extras: nested, ...beside }: JsonObject): JsonObject {
  return isJsonObject(nested)
    ? { ...beside, ...nested }
    : { ...beside, ...(nested !== undefined && { extras: nested }) }
}

function parseObject(text: string): JsonObject | null {
  try {
    const value = parseJson(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
