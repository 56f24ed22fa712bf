import { isJsonObject } from "../json/json-value.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { SourceCollection, SourceRecord } from "../memory-source.ts"
import { contentKey } from "./content-key.ts"
import { detectDialect } from "./dialect.ts"
import {
  emptyPage,
  type Interpretation,
  type InterpretationState,
  type InterpretedPage,
} from "./interpretation.ts"
import { elementTelling, emitLegacyTrace, type LegacyTrace } from "./legacy-trace.ts"
import { recordContent } from "./record-content.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import { storedEmbedding } from "./stored-embedding.ts"
import { traceFieldsOfFileElement, traceFieldsOfLegacyRecord } from "./trace-fields.ts"
import type { TracesFile } from "./traces-file.ts"

/** Records of the legacy dialect, each joined with its trace in `traces.json` where that knows it. */
export async function* interpretLegacyCollection(
  interpretation: Interpretation & { state: InterpretationState; collection: SourceCollection },
): AsyncGenerator<InterpretedPage> {
  const { source, tracesFile, collection, pageSize, signal, state } = interpretation
  const indexById = new Map<string, number>()
  for (const { id, index } of tracesFile?.entries ?? []) {
    if (id !== null && !indexById.has(id)) indexById.set(id, index)
  }
  const options = { embeddings: true, pageSize, ...(signal && { signal }) }
  for await (const records of source?.records(collection, options) ?? []) {
    const page = emptyPage()
    for (const record of records) {
      if (detectDialect(record) !== "legacy") continue
      page.recordsRead++
      const index = indexById.get(record.id)
      const trace = await readLegacyTrace({ ...interpretation, record, tracesFile, index })
      if (index !== undefined && trace.tellings.length > 1) state.usedFileEntries.add(index)
      if (emitLegacyTrace({ ...interpretation, page, trace })) continue
      page.recordsRejected++
      page.rejects.push({
        kind: "trace",
        sourceId: record.id,
        code: "duplicate_id",
        reason: "another record has this id and other content; the first one was kept",
        content: recordContent(record),
      })
    }
    yield page
  }
}

async function readLegacyTrace({
  record,
  tracesFile,
  index,
  readTimestamp,
}: {
  record: SourceRecord
  tracesFile: TracesFile | null
  index: number | undefined
  readTimestamp: TimestampReader
}): Promise<LegacyTrace> {
  const embedding = storedEmbedding(record.embedding)
  const recordTelling = contentKey({
    title: "record",
    content: stringifyJson(recordContent(record)),
  })
  const ofRecord = traceFieldsOfLegacyRecord({ record, readTimestamp })
  const entry = index === undefined ? undefined : tracesFile?.entries[index]
  const element = entry === undefined ? null : await tracesFile?.read(entry)
  const value = element?.value
  const ofFile = isJsonObject(value)
    ? traceFieldsOfFileElement({ element: value, readTimestamp })
    : null
  if (ofFile === null) {
    const tellings = [recordTelling]
    return { sourceId: record.id, fields: ofRecord, embedding, memoryItems: [], tellings }
  }
  const { fields, memoryItems } = ofFile
  if (element?.isUtf8 === false) fields.notes.push({ code: "not_utf8", field: "trace" })
  const recordMetadata = { ...ofRecord.extras }
  for (const key of ["task", "outcome", "sourceCreatedAt"] as const) {
    if (ofRecord[key] !== fields[key]) recordMetadata[key] = ofRecord[key]
  }
  return {
    sourceId: record.id,
    fields: { ...fields, extras: { ...fields.extras, record_metadata: recordMetadata } },
    embedding,
    memoryItems,
    tellings: [recordTelling, elementTelling(value ?? null)],
  }
}
