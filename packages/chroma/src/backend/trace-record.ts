import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  type SourceRecord,
} from "@reasoningbank/core"
import {
  fromExactJson,
  type PreparedTrace,
  type StoredReasoningTrace,
  type TimestampReader,
} from "@reasoningbank/core/storage-driver"
import type { NewRecord } from "./chroma-collection.ts"
import { plainObject, readExtras, stringifyFields } from "./record-json.ts"

export type StoredTrace = Omit<StoredReasoningTrace, "memoryItems" | "memoryItemCount">

/** A trace as a record: its whole content as JSON in `trace_data`, its task as document and vector. */
export function traceRecord({
  recordId,
  prepared: { trace, embedding, contentDigest },
  dimension,
}: {
  recordId: string
  prepared: PreparedTrace
  dimension: number
}): NewRecord {
  const { workspaceId, id, task, outcome, createdAt, extras } = trace
  return {
    id: recordId,
    document: task,
    embedding: embedding?.vector ?? new Float32Array(dimension),
    metadata: {
      workspace_id: workspaceId,
      trace_digest: contentDigest,
      ...(outcome !== null && { outcome }),
      ...(embedding === null ? { has_embedding: false } : { embedding_model: embedding.model }),
      trace_data: stringifyFields({
        fields: {
          id,
          task,
          trajectory: trace.trajectory,
          outcome,
          metadata: trace.metadata,
          parent_trace_id: trace.parentTraceId,
          related_trace_ids: trace.relatedTraceIds,
          timestamp: createdAt,
        },
        extras,
      }),
    },
  }
}

/** Null for a record that holds no trace. */
export function traceFromRecord({
  record: { metadata, document },
  readTimestamp,
}: {
  record: SourceRecord
  readTimestamp: TimestampReader
}): StoredTrace | null {
  const data = parseObject(metadata?.trace_data)
  if (metadata === null || data === null || typeof data.id !== "string") return null
  const { id, task, trajectory = null, outcome = null, metadata: traceMetadata, ...others } = data
  const { parent_trace_id: parent, related_trace_ids: related, timestamp, ...rest } = others
  return {
    workspaceId: textOrNull(metadata.workspace_id) ?? "",
    id,
    task: textOrNull(task) ?? document ?? "",
    trajectory: fromExactJson(trajectory),
    outcome: textOrNull(outcome),
    metadata: isJsonObject(traceMetadata) ? plainObject(traceMetadata) : {},
    parentTraceId: textOrNull(parent),
    relatedTraceIds: Array.isArray(related) ? related.filter((id) => typeof id === "string") : [],
    createdAt: readTimestamp(timestamp).instant,
    embeddingModel: textOrNull(metadata.embedding_model),
    extras: readExtras(rest),
  }
}

export function digestOfRecord({ metadata }: SourceRecord): string | null {
  return textOrNull(metadata?.trace_digest)
}

export function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null
}

function parseObject(text: JsonValue | undefined): JsonObject | null {
  if (typeof text !== "string") return null
  try {
    const value = parseJson(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
