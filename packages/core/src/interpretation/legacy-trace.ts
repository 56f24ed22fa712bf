import type { StoredEmbedding } from "../embedding.ts"
import { canonicalJson } from "../json/canonical-json.ts"
import { isJsonObject, type JsonValue } from "../json/json-value.ts"
import type { RowNote } from "../row-note.ts"
import { contentKey } from "./content-key.ts"
import type { Interpretation, InterpretationState, InterpretedPage } from "./interpretation.ts"
import { readMemoryItemFields } from "./read-memory-item-fields.ts"
import type { Reject } from "./reject.ts"
import type { RowId } from "./row-id.ts"
import { storableJson, storableSourceId } from "./storable.ts"
import { type TraceFields, traceMark } from "./trace-fields.ts"
import { itemWithoutContent, traceItemRow } from "./trace-item.ts"

export type LegacyTrace = {
  sourceId: string
  fields: TraceFields
  embedding: StoredEmbedding
  memoryItems: JsonValue[]
  /** Keys of what told it, whole: its record, its element of the file, or both. */
  tellings: string[]
}

/** What an element of `traces.json` tells, as one short key. */
export function elementTelling(element: JsonValue): string {
  return contentKey({ title: "element", content: canonicalJson(element) })
}

type Emission = Interpretation & { state: InterpretationState; page: InterpretedPage }

/**
 * Adds a whole legacy trace with its items to the page: in each workspace where the current dialect
 * knows it, else in the default one. Returns false when its id was already told otherwise.
 */
export function emitLegacyTrace({
  trace,
  ...emission
}: Emission & { trace: LegacyTrace }): boolean {
  const { census, defaultWorkspaceId, state, page } = emission
  const known = census.workspacesOfTrace(trace.sourceId)
  if (known.length === 0) {
    state.warnings.add({ code: "workspace_assigned", example: trace.sourceId })
  }
  const workspaceIds = known.length > 0 ? known : [defaultWorkspaceId]
  for (const workspaceId of workspaceIds) {
    const { known: earlier, identity } = state.traces.find({
      workspaceId,
      sourceId: trace.sourceId,
    })
    if (earlier !== null) {
      if (trace.tellings.some((telling) => !earlier.tellings.includes(telling))) return false
      state.warnings.add({ code: "duplicate_merged", example: trace.sourceId })
      continue
    }
    const notes = [...trace.fields.notes]
    page.traces.push({
      ...trace.fields,
      workspaceId,
      id: identity.id,
      sourceId: storableSourceId(identity.sourceId, notes),
      embedding: trace.embedding,
      notes,
    })
    const emitted = state.traces.add({
      workspaceId,
      identity,
      contentMark: traceMark(trace.fields),
      tellings: trace.tellings,
    })
    emitted.items = trace.memoryItems.length
    const reject = (found: Reject, ordinal: number) => {
      if (workspaceId !== workspaceIds[0]) return
      const { createdAt } = trace.fields
      const traceOfItem = { traceSourceId: trace.sourceId, traceId: identity.id, createdAt }
      const place = { workspaceIds, ...traceOfItem, ordinal, derivedFromKind: "trace" } as const
      page.rejects.push({ ...found, place })
    }
    for (const [ordinal, rawItem] of trace.memoryItems.entries()) {
      emitLegacyItem({
        ...emission,
        trace,
        workspaceId,
        traceIdentity: identity,
        traceNotes: notes,
        ordinal,
        rawItem,
        reject,
      })
    }
  }
  return true
}

function emitLegacyItem({
  trace,
  workspaceId,
  traceIdentity,
  traceNotes,
  ordinal,
  rawItem,
  reject,
  ...emission
}: Emission & {
  trace: LegacyTrace
  workspaceId: string
  traceIdentity: RowId
  traceNotes: RowNote[]
  ordinal: number
  rawItem: JsonValue
  reject: (reject: Reject, ordinal: number) => void
}) {
  const { census, state, page, readTimestamp } = emission
  const fields = isJsonObject(rawItem)
    ? readMemoryItemFields({ source: rawItem, derivedFromKind: "trace", readTimestamp })
    : null
  if (fields === null) {
    reject(
      itemWithoutContent({ sourceId: `${trace.sourceId}#${ordinal}`, content: rawItem }),
      ordinal,
    )
    return
  }
  if (census.hasCurrentItem({ traceSourceId: trace.sourceId, ...fields })) {
    const field = `memory_items[${ordinal}]`
    const original = storableJson({ value: rawItem, field, notes: traceNotes })
    traceNotes.push({ code: "duplicate_merged", field, original })
    return
  }
  page.memoryItems.push(
    traceItemRow({
      fields,
      state,
      workspaceId,
      trace: {
        sourceId: trace.sourceId,
        id: traceIdentity.id,
        createdAt: trace.fields.createdAt,
      },
      ordinal,
    }),
  )
}
