import { isJsonObject, type JsonValue } from "../json/json-value.ts"
import {
  emptyPage,
  type Interpretation,
  type InterpretationState,
  type InterpretedPage,
} from "./interpretation.ts"
import { elementTelling, emitLegacyTrace } from "./legacy-trace.ts"
import { derivedRowId } from "./row-id.ts"
import { storedEmbedding } from "./stored-embedding.ts"
import { traceFieldsOfFileElement } from "./trace-fields.ts"
import type { TracesFileEntry } from "./traces-file.ts"

type FileInterpretation = Interpretation & { state: InterpretationState }

/** Traces that only `traces.json` has: no record in Chroma, so no vector. */
export async function* interpretTracesFile(
  interpretation: FileInterpretation,
): AsyncGenerator<InterpretedPage> {
  const { tracesFile, pageSize, state } = interpretation
  if (tracesFile === null) return
  let page = emptyPage()
  for (const entry of tracesFile.entries) {
    page.recordsRead++
    if (!state.usedFileEntries.has(entry.index)) await addEntry({ ...interpretation, entry, page })
    if (page.recordsRead >= pageSize) {
      yield page
      page = emptyPage()
    }
  }
  addTail({ ...interpretation, page })
  yield page
}

async function addEntry({
  entry,
  page,
  ...interpretation
}: FileInterpretation & { entry: TracesFileEntry; page: InterpretedPage }) {
  const { tracesFile, readTimestamp, source } = interpretation
  const element = await tracesFile?.read(entry)
  const { value = null, text = "", isUtf8 = true } = element ?? {}
  const read = isJsonObject(value)
    ? traceFieldsOfFileElement({ element: value, readTimestamp })
    : null
  const reject = (code: "malformed_entry" | "duplicate_id", reason: string) => {
    page.recordsRejected++
    const content: JsonValue = value ?? text
    const place = { index: entry.index }
    page.rejects.push({ kind: "trace", sourceId: nameOf(entry), code, reason, content, place })
  }
  if (read === null) {
    reject("malformed_entry", "it is no JSON object with a task or memory items")
    return
  }
  const { fields, memoryItems } = read
  if (!isUtf8) fields.notes.push({ code: "not_utf8", field: "trace" })
  if (source !== null) fields.notes.push({ code: "not_in_chroma", field: "task_embedding" })
  if (entry.id === null) fields.notes.push({ code: "missing_field", field: "id" })
  const parts = [fields.task, fields.sourceCreatedAt ?? "", String(entry.index)]
  const emitted = emitLegacyTrace({
    ...interpretation,
    page,
    trace: {
      sourceId: entry.id ?? derivedRowId({ kind: "trace", parts }),
      fields,
      embedding: storedEmbedding(null),
      memoryItems,
      tellings: [elementTelling(value)],
    },
  })
  if (!emitted) {
    reject("duplicate_id", "another trace has this id and other content; the first was kept")
  }
}

function addTail({ tracesFile, state, page }: FileInterpretation & { page: InterpretedPage }) {
  const rest = tracesFile?.textAfterArray ?? null
  if (rest !== null) {
    page.recordsRead++
    page.recordsRejected++
    page.rejects.push({
      kind: "trace",
      sourceId: `traces.json at byte ${rest.offset}`,
      code: "malformed_entry",
      reason: "it stands behind the end of the array of traces",
      content: rest.text,
      place: { index: tracesFile?.entries.length ?? 0 },
    })
  }
  const tail = tracesFile?.truncatedTail ?? null
  if (tail === null) return
  state.warnings.add({ code: "traces_file_truncated", example: `byte ${tail.offset}` })
  if (tail.text.trim() === "") return
  page.recordsRead++
  page.recordsRejected++
  page.rejects.push({
    kind: "trace",
    sourceId: `traces.json at byte ${tail.offset}`,
    code: "truncated_tail",
    reason: "the file is cut off in the middle of this trace",
    content: tail.text,
    place: { index: tracesFile?.entries.length ?? 0 },
  })
}

function nameOf({ id, index, name = `traces.json[${index}]` }: TracesFileEntry): string {
  return id ?? name
}
