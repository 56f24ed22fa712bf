import type { StoredEmbedding } from "../../embedding.ts"
import type { JsonObject, JsonValue } from "../../json/json-value.ts"
import type { SourceRecord } from "../../memory-source.ts"

/**
 * What a record of another program tells, in the words of the original program: `element` of a trace
 * has the keys of an element of `traces.json`, that of a memory item those of its `memory_items`; what has no such
 * key stays under its own name and ends in `extras`.
 */
export type ForeignTelling = {
  /** Null when the record names none. */
  workspaceId: string | null
  trace: ToldTrace | null
  memoryItems: ToldMemoryItem[]
}

export type ToldTrace = {
  /** Its id in the source, or a UUID derived from what makes it this trace. */
  sourceId: string
  /** False when an item merely mentions it: then whoever tells of it first is believed. */
  isWhole: boolean
  element: JsonObject
  embedding: StoredEmbedding
}

export type ToldMemoryItem = {
  element: JsonValue
  embedding: StoredEmbedding
}

/** A record is read by a pure function of it; what it can not be is said in `reason`. */
export type ForeignReading = ForeignTelling | { reason: string }

/** A record with its fields, whatever its container was. */
export type ForeignRecord = Omit<SourceRecord, "metadata"> & { metadata: JsonObject }
