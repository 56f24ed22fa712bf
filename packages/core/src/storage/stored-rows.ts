import type { JsonObject, JsonValue } from "../json/json-value.ts"
import type { ParsedChanges } from "./new-reasoning-trace.ts"

/**
 * A memory item as every backend gives it back. Rows of other programs may break the limits a write keeps;
 * they are given as they are. In JSON, integers are `number` where that loses no digit, else `bigint`.
 */
export type StoredMemoryItem = {
  workspaceId: string
  id: string
  /** Null when the store names no trace. */
  traceId: string | null
  /** Position within its trace, from 0. */
  ordinal: number
  title: string
  description: string | null
  content: string
  errorContext: JsonValue
  /** Null when nothing was said, empty when it was said that there are none. */
  patternTags: string[] | null
  difficultyLevel: string | null
  domainCategory: string | null
  evolutionStage: number
  parentMemoryId: string | null
  /** Memory items it was made from. */
  derivedFrom: string[]
  /** Traces it was made from, in rows of the oldest programs. */
  derivedFromTraces: string[]
  /** UTC, microseconds, `YYYY-MM-DDTHH:MM:SS.ffffffZ`; null when unknown. */
  createdAt: string | null
  /** Who made its vector; null when it has none. */
  embeddingModel: string | null
  /** Everything this type has no field for. */
  extras: JsonObject
  /** Of the trace it was distilled from; null without one. */
  traceTask: string | null
  traceOutcome: string | null
  traceCreatedAt: string | null
}

/** A trace as searches and lists give it. */
export type TraceSummary = {
  workspaceId: string
  id: string
  task: string
  outcome: string | null
  metadata: JsonObject
  parentTraceId: string | null
  relatedTraceIds: string[]
  /** UTC, microseconds; null when unknown. */
  createdAt: string | null
  embeddingModel: string | null
  extras: JsonObject
  memoryItemCount: number
}

/** A whole trace. */
export type StoredReasoningTrace = TraceSummary & {
  /** Steps as they were given; null when they were never kept. */
  trajectory: JsonValue
  /** In their order. */
  memoryItems: StoredMemoryItem[]
}

/** Whether an item tells of something that went wrong: an empty context tells nothing. */
export function hasErrorContext({ errorContext }: Pick<StoredMemoryItem, "errorContext">): boolean {
  if (errorContext === null || errorContext === "") return false
  return typeof errorContext !== "object" || Object.keys(errorContext).length > 0
}

/** The text a memory item is embedded from. */
export function embeddedText({
  title,
  description,
  content,
}: Pick<StoredMemoryItem, "title" | "description" | "content">): string {
  return `${title}\n${description ?? ""}\n${content}`
}

/** The item with its changed fields; what is undefined stays. */
export function applyChanges({
  memory,
  changes,
}: {
  memory: StoredMemoryItem
  changes: Omit<ParsedChanges, "embedding">
}): StoredMemoryItem {
  const changed = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...memory, ...Object.fromEntries(changed) }
}
