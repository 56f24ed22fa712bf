import type { StoredEmbedding } from "../embedding.ts"
import type { JsonValue } from "../json/json-value.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { RowNote } from "../row-note.ts"
import type { InterpretationState } from "./interpretation.ts"
import type { MemoryItemFields } from "./read-memory-item-fields.ts"
import type { Reject } from "./reject.ts"
import { derivedRowId } from "./row-id.ts"
import { storableSourceId } from "./storable.ts"
import { storedEmbedding } from "./stored-embedding.ts"

/** The trace whose item is read: its own id in the source, and its row. */
export type ItemsTrace = { sourceId: string; id: string; createdAt: string | null }

/**
 * The row of an item that stands within its trace: with the id it states, unless that is taken, else one derived from its
 * trace, position, title and content.
 */
export function traceItemRow({
  fields: { statedId, ...item },
  state,
  workspaceId,
  trace,
  ordinal,
  contentMark = "",
  embedding = storedEmbedding(null),
}: {
  fields: MemoryItemFields
  state: InterpretationState
  workspaceId: string
  trace: ItemsTrace | null
  ordinal: number
  contentMark?: string
  embedding?: StoredEmbedding
}): MemoryItem {
  const parts = [trace?.sourceId ?? "", String(ordinal), item.title, item.content]
  const derived = { id: derivedRowId({ kind: "memory_item", parts }), sourceId: null }
  const stated =
    statedId === null || statedId === ""
      ? null
      : state.memoryItems.find({ workspaceId, sourceId: statedId })
  const identity = stated === null || stated.known !== null ? derived : stated.identity
  state.memoryItems.add({ workspaceId, identity, contentMark })
  const notes: RowNote[] = [...item.notes]
  if (stated !== null && stated.known !== null) {
    notes.push({ code: "id_taken", field: "id", original: statedId })
  }
  return {
    ...item,
    workspaceId,
    id: identity.id,
    sourceId: storableSourceId(identity.sourceId, notes),
    traceId: trace?.id ?? null,
    ordinal,
    embedding,
    createdAt: item.createdAt ?? trace?.createdAt ?? null,
    notes,
  }
}

export function itemWithoutContent({
  sourceId,
  content,
}: {
  sourceId: string
  content: JsonValue
}): Reject {
  return {
    kind: "memory_item",
    sourceId,
    code: "no_content",
    reason: "it is no object with a title, a description or a content",
    content,
  }
}
