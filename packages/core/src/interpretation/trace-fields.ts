import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import type { SourceRecord } from "../memory-source.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { contentKey } from "./content-key.ts"
import { createFieldReader, type FieldReader } from "./field-reader.ts"
import { lineageLinks } from "./lineage-links.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import { timestampField } from "./timestamp-field.ts"

/** A trace but for its identity, its workspace and its vector, which depend on where it was found. */
export type TraceFields = Omit<ReasoningTrace, "workspaceId" | "id" | "sourceId" | "embedding">

const outcomes = new Set(["success", "failure", "partial"])
/** The current program cuts the task to this many characters (code points) when it stores it. */
const cutTaskLength = 500

/**
 * Equal for two tellings of one trace: by task, as far as the current program stores it, and outcome.
 */
export function traceMark({ task, outcome }: Pick<TraceFields, "task" | "outcome">): string {
  return contentKey({ title: [...task].slice(0, cutTaskLength).join(""), content: outcome ?? "" })
}

/** What a record of the current dialect tells of its trace; its trajectory was never kept. */
export function traceFieldsOfCurrentRecord({
  reader,
  readTimestamp,
}: {
  reader: FieldReader
  readTimestamp: TimestampReader
}): TraceFields {
  const notes = createNotes(reader)
  const task = readTask(reader)
  if ([...task].length === cutTaskLength) reader.notes.push({ code: "may_be_cut", field: "task" })
  const outcome = readOutcome(reader)
  const timestamp = timestampField({ reader, key: "timestamp", readTimestamp })
  return {
    task,
    trajectory: null,
    outcome,
    metadata: {},
    createdAt: timestamp.instant,
    sourceCreatedAt: timestamp.text,
    extras: {},
    notes: notes.sinceStart(),
    links: [],
  }
}

/** What a record of the legacy dialect tells of its trace when `traces.json` does not know it. */
export function traceFieldsOfLegacyRecord({
  record,
  readTimestamp,
}: {
  record: SourceRecord
  readTimestamp: TimestampReader
}): TraceFields {
  const reader = createFieldReader({ ...record.metadata, task: record.document })
  const task = readTask(reader)
  const outcome = readOutcome(reader)
  const timestamp = timestampField({ reader, key: "timestamp", readTimestamp })
  reader.notes.push({ code: "not_in_traces_file", field: "trajectory" })
  return {
    task,
    trajectory: null,
    outcome,
    metadata: {},
    createdAt: timestamp.instant,
    sourceCreatedAt: timestamp.text,
    extras: reader.rest(),
    notes: reader.notes,
    links: [],
  }
}

/** What an element of `traces.json` tells, with its raw memory items; null when it has no task. */
export function traceFieldsOfFileElement({
  element,
  readTimestamp,
}: {
  element: JsonObject
  readTimestamp: TimestampReader
}): { fields: TraceFields; memoryItems: JsonValue[] } | null {
  const reader = createFieldReader(element)
  reader.text("id")
  const rawItems = reader.take("memory_items")
  if (!Object.hasOwn(element, "task") && !Array.isArray(rawItems)) return null
  if (rawItems !== undefined && rawItems !== null && !Array.isArray(rawItems)) {
    const original = isJsonObject(rawItems) ? undefined : reader.json("memory_items")
    reader.notes.push({
      code: "not_a_list",
      field: "memory_items",
      ...(original !== undefined && { original }),
    })
  }
  const task = readTask(reader)
  const outcome = readOutcome(reader)
  const timestamp = timestampField({ reader, key: "timestamp", readTimestamp })
  const links = [
    ...lineageLinks({ reader, key: "parent_trace_id", relation: "parent", targetKind: "trace" }),
    ...lineageLinks({ reader, key: "related_trace_ids", relation: "related", targetKind: "trace" }),
  ]
  const trajectory = reader.json("trajectory")
  const metadata = reader.object("metadata")
  return {
    fields: {
      task,
      trajectory,
      outcome,
      metadata,
      createdAt: timestamp.instant,
      sourceCreatedAt: timestamp.text,
      extras: reader.rest(),
      notes: reader.notes,
      links,
    },
    memoryItems: Array.isArray(rawItems) ? rawItems : isJsonObject(rawItems) ? [rawItems] : [],
  }
}

function readTask(reader: FieldReader): string {
  const task = reader.text("task")
  if (task === null) reader.notes.push({ code: "missing_field", field: "task" })
  return task ?? ""
}

function readOutcome(reader: FieldReader): string | null {
  const outcome = reader.text("outcome")
  if (outcome === null) reader.notes.push({ code: "missing_field", field: "outcome" })
  else if (!outcomes.has(outcome)) reader.notes.push({ code: "unknown_value", field: "outcome" })
  return outcome
}

function createNotes(reader: FieldReader) {
  const start = reader.notes.length
  return { sinceStart: () => reader.notes.splice(start) }
}
