import { readExportedRow } from "../export/exported-row.ts"
import type { SourceCollection, SourceRecord } from "../memory-source.ts"
import { addExportedTrace } from "./add-exported-row.ts"
import { detectDialect } from "./dialect.ts"
import {
  emptyPage,
  type Interpretation,
  type InterpretationState,
  type InterpretedPage,
} from "./interpretation.ts"
import { recordContent } from "./record-content.ts"
import { storableSourceId } from "./storable.ts"
import { storedEmbedding } from "./stored-embedding.ts"
import { traceFieldsOfFileElement, traceMark } from "./trace-fields.ts"
import { readTraceRecord, unnestExtras } from "./trace-record.ts"

/** Records of the dialect `trace`: each is a whole trace, whose items follow as current records. */
export async function* interpretTraceCollection(
  interpretation: Interpretation & { state: InterpretationState; collection: SourceCollection },
): AsyncGenerator<InterpretedPage> {
  const { source, collection, pageSize, signal } = interpretation
  const options = { embeddings: true, pageSize, ...(signal && { signal }) }
  for await (const records of source?.records(collection, options) ?? []) {
    const page = emptyPage()
    for (const record of records) {
      if (detectDialect(record) !== "trace") continue
      page.recordsRead++
      const reason = addTrace({ interpretation, record, page })
      if (reason === null) continue
      page.recordsRejected++
      page.rejects.push({
        ...reason,
        kind: "trace",
        sourceId: record.id,
        content: recordContent(record),
      })
    }
    yield page
  }
}

/** Adds the trace, or says why it can not be one. */
function addTrace({
  interpretation: { state, readTimestamp, defaultWorkspaceId },
  record,
  page,
}: {
  interpretation: Interpretation & { state: InterpretationState }
  record: SourceRecord
  page: InterpretedPage
}) {
  const exported = readExportedRow(record)
  if (exported?.kind === "trace") return addExportedTrace({ row: exported.row, state, page })
  const { data, workspaceId: stated, traceSourceId, embeddingModel } = readTraceRecord(record)
  const read = data === null ? null : traceFieldsOfFileElement({ element: data, readTimestamp })
  if (read === null) {
    return { code: "malformed_entry" as const, reason: "trace_data is no trace" }
  }
  const workspaceId = stated || defaultWorkspaceId
  const { known, identity } = state.traces.find({ workspaceId, sourceId: traceSourceId })
  if (known !== null) {
    const reason = `another record of workspace ${workspaceId} has this id; the first one was kept`
    return { code: "duplicate_id" as const, reason }
  }
  const { fields } = read
  const notes = [...fields.notes]
  const embedding = storedEmbedding(embeddingModel === null ? null : record.embedding)
  page.traces.push({
    ...fields,
    extras: unnestExtras(fields.extras),
    workspaceId,
    id: identity.id,
    sourceId: storableSourceId(identity.sourceId, notes),
    embedding: { ...embedding, model: embedding.model && embeddingModel },
    notes,
  })
  state.traces.add({ workspaceId, identity, contentMark: traceMark(fields) })
  return null
}
