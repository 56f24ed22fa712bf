import { readExportedRow } from "../export/exported-row.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { SourceCollection, SourceRecord } from "../memory-source.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { RowNote } from "../row-note.ts"
import { addExportedMemoryItem, hasItsTrace } from "./add-exported-row.ts"
import { detectDialect } from "./dialect.ts"
import type { EmittedRow } from "./emitted-rows.ts"
import { type CurrentRecord, interpretCurrentRecord } from "./interpret-current-record.ts"
import {
  emptyPage,
  type Interpretation,
  type InterpretationState,
  type InterpretedPage,
} from "./interpretation.ts"
import { recordContent } from "./record-content.ts"
import { storableSourceId } from "./storable.ts"
import { storedEmbedding } from "./stored-embedding.ts"
import { type TraceFields, traceMark } from "./trace-fields.ts"

type CollectionInterpretation = Interpretation & {
  state: InterpretationState
  collection: SourceCollection
}

/** Records of the current dialect: each gives a memory item and, the first time, its trace. */
export async function* interpretCurrentCollection(
  interpretation: CollectionInterpretation,
): AsyncGenerator<InterpretedPage> {
  const { source, collection, pageSize, signal } = interpretation
  const options = { embeddings: true, pageSize, ...(signal && { signal }) }
  for await (const records of source?.records(collection, options) ?? []) {
    const page = emptyPage()
    for (const record of records) {
      const dialect = detectDialect(record)
      if (dialect !== "current" && dialect !== "unknown") continue
      page.recordsRead++
      if (dialect === "current") addCurrentRecord({ ...interpretation, record, page })
      else rejectUnknown({ record, page })
    }
    yield page
  }
}

function addCurrentRecord({
  record,
  page,
  ...interpretation
}: CollectionInterpretation & { record: SourceRecord; page: InterpretedPage }) {
  const { state, census, readTimestamp, defaultWorkspaceId } = interpretation
  const exported = readExportedRow(record)
  if (exported?.kind === "memory_item" && hasItsTrace({ row: exported.row, state })) {
    addExportedMemoryItem({ row: exported.row, record, state, page })
    return
  }
  const interpreted = interpretCurrentRecord({ record, readTimestamp })
  const workspaceId = interpreted.workspaceId ?? defaultWorkspaceId
  if (isUnfinished({ interpreted, workspaceId, census })) {
    page.recordsRejected++
    page.rejects.push({
      kind: "memory_item",
      sourceId: record.id,
      code: "unfinished_write",
      reason: "the writing of its trace was cut off, so it was never there for anybody",
      content: recordContent(record),
    })
    return
  }
  if (interpreted.workspaceId === null) {
    state.warnings.add({ code: "workspace_assigned", example: record.id })
  }
  const trace = emitTrace({ interpreted, workspaceId, state, page })
  if (interpreted.reject !== null || interpreted.memoryItem === null) {
    page.recordsRejected++
    if (interpreted.reject !== null) page.rejects.push(interpreted.reject)
    return
  }

  const { known, identity } = state.memoryItems.find({ workspaceId, sourceId: interpreted.id })
  const notes: RowNote[] = [...interpreted.memoryItem.notes]
  const row: MemoryItem = {
    ...interpreted.memoryItem,
    workspaceId,
    id: identity.id,
    sourceId: storableSourceId(identity.sourceId, notes),
    traceId: trace?.id ?? null,
    ordinal: 0,
    embedding: embeddingOf({ record, own: interpreted.own }),
    notes,
  }
  if (trace === null) notes.push({ code: "missing_field", field: "trace_id" })
  else keepDisagreement({ row, trace, own: interpreted.trace })

  const repeats = census.moved.length > 1 || interpretation.tracesFile !== null
  const mark = repeats ? Buffer.from(rowDigest(row)).toString("base64") : ""
  if (known !== null) {
    if (known.contentMark === mark) {
      state.warnings.add({ code: "duplicate_merged", example: record.id })
      return
    }
    page.recordsRejected++
    page.rejects.push({
      kind: "memory_item",
      sourceId: record.id,
      code: "duplicate_id",
      reason: `another record of workspace ${workspaceId} has this id and other content; the first one was kept`,
      content: recordContent(record),
    })
    return
  }
  state.memoryItems.add({ workspaceId, identity, contentMark: mark })
  if (trace !== null) row.ordinal = trace.items++
  page.memoryItems.push(row)
}

/** The Chroma backend of this project writes a trace after its items; without it they do not count. */
function isUnfinished({
  interpreted: { own, traceSourceId },
  workspaceId,
  census,
}: {
  interpreted: CurrentRecord
  workspaceId: string
  census: CollectionInterpretation["census"]
}): boolean {
  if (own === null) return false
  const { digest } = own
  return !census.isWhole({ workspaceId, traceSourceId: traceSourceId ?? "", digest })
}

function emitTrace({
  interpreted,
  workspaceId,
  state,
  page,
}: {
  interpreted: CurrentRecord
  workspaceId: string
  state: InterpretationState
  page: InterpretedPage
}): EmittedRow | null {
  const { traceSourceId, trace } = interpreted
  if (traceSourceId === null) return null
  const { known, identity } = state.traces.find({ workspaceId, sourceId: traceSourceId })
  if (known !== null) return known
  const notes = [...trace.notes]
  page.traces.push({
    ...trace,
    workspaceId,
    id: identity.id,
    sourceId: storableSourceId(identity.sourceId, notes),
    embedding: storedEmbedding(null),
    notes,
  })
  return state.traces.add({ workspaceId, identity, contentMark: traceMark(trace) })
}

/** A record may tell another task or outcome than the first record of its trace did. */
function keepDisagreement({
  row,
  trace,
  own,
}: {
  row: MemoryItem
  trace: EmittedRow
  own: TraceFields
}) {
  if (trace.contentMark === traceMark(own)) return
  row.notes.push(...own.notes.filter(({ original }) => original !== undefined), {
    code: "disagrees_with_trace",
    field: "task",
    original: { task: own.task, outcome: own.outcome },
  })
}

function embeddingOf({ record, own }: { record: SourceRecord; own: CurrentRecord["own"] }) {
  if (own === null) return storedEmbedding(record.embedding)
  const embedding = storedEmbedding(own.embeddingModel === null ? null : record.embedding)
  return { ...embedding, model: embedding.model && own.embeddingModel }
}

function rejectUnknown({ record, page }: { record: SourceRecord; page: InterpretedPage }) {
  page.recordsRejected++
  page.rejects.push({
    kind: "record",
    sourceId: record.id,
    code: "unknown_dialect",
    reason: "its metadata has neither memory_data nor num_memories: not a ReasoningBank record",
    content: recordContent(record),
  })
}
