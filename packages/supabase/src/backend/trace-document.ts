import { type JsonObject, type JsonValue, stringifyJson } from "@reasoningbank/core"
import {
  type NamedVector,
  type PreparedMemoryItem,
  type PreparedTrace,
  rowId,
  toExactJson,
} from "@reasoningbank/core/storage-driver"

type Kind = "trace" | "memory_item"

/** A trace as `add_trace` takes it: JSON text in which every number has all its digits. */
export function traceDocument({
  trace,
  embedding,
  memoryItems,
  contentDigest,
}: PreparedTrace): string {
  const links = [
    ...linksTo({
      relation: "parent",
      kind: "trace",
      ids: trace.parentTraceId === null ? [] : [trace.parentTraceId],
    }),
    ...linksTo({ relation: "related", kind: "trace", ids: trace.relatedTraceIds }),
  ]
  const document: JsonObject = {
    workspace_id: trace.workspaceId,
    ...identity({ kind: "trace", id: trace.id }),
    task: trace.task,
    task_embedding: vectorText(embedding),
    embedding_model: embedding?.model ?? null,
    trajectory: trace.trajectory,
    outcome: trace.outcome,
    metadata: trace.metadata,
    extras: trace.extras,
    created_at: trace.createdAt,
    content_digest: `\\x${contentDigest}`,
    links,
    memory_items: memoryItems.map(itemDocument),
  }
  return stringifyJson(toExactJson(document))
}

function itemDocument({ memory, embedding }: PreparedMemoryItem): JsonObject {
  const { parentMemoryId, derivedFrom } = memory
  return {
    ...identity({ kind: "memory_item", id: memory.id }),
    title: memory.title,
    description: memory.description,
    content: memory.content,
    content_embedding: vectorText(embedding),
    embedding_model: embedding?.model ?? null,
    error_context: memory.errorContext,
    pattern_tags: memory.patternTags,
    difficulty_level: memory.difficultyLevel,
    domain_category: memory.domainCategory,
    evolution_stage: memory.evolutionStage,
    created_at: memory.createdAt,
    extras: memory.extras,
    links: [
      ...linksTo({
        relation: "parent",
        kind: "memory_item",
        ids: parentMemoryId === null ? [] : [parentMemoryId],
      }),
      ...linksTo({ relation: "derived_from", kind: "memory_item", ids: derivedFrom }),
    ],
  }
}

/** The UUID a row is kept under, and the id it was given where that is none. */
function identity({ kind, id }: { kind: Kind; id: string }) {
  const { id: uuid, sourceId } = rowId({ kind, sourceId: id })
  return { id: uuid, source_id: sourceId }
}

function linksTo({
  relation,
  kind,
  ids,
}: {
  relation: string
  kind: Kind
  ids: readonly string[]
}): JsonValue[] {
  return ids.map((sourceId, ordinal) => {
    const target = rowId({ kind, sourceId })
    return {
      relation,
      ordinal,
      target_kind: kind,
      target_id: target.id,
      source_reference: target.sourceId,
    }
  })
}

/** As pgvector reads it; a float32's shortest double names it exactly. */
export function vectorText(embedding: NamedVector | null): string | null {
  return embedding === null ? null : `[${Array.from(embedding.vector).join(",")}]`
}
