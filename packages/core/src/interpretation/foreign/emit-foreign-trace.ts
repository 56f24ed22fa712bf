import { canonicalJson } from "../../json/canonical-json.ts"
import type { SourceRecord } from "../../memory-source.ts"
import { contentKey } from "../content-key.ts"
import type { EmittedRow } from "../emitted-rows.ts"
import type { InterpretedPage } from "../interpretation.ts"
import { storableSourceId } from "../storable.ts"
import { traceFieldsOfFileElement } from "../trace-fields.ts"
import type { ItemsTrace } from "../trace-item.ts"
import type { ToldTrace } from "./foreign-telling.ts"
import type { ForeignInterpretation } from "./interpret-foreign-collection.ts"

export type EmittedTrace = ItemsTrace & { emitted: EmittedRow }

/** Adds a trace that nobody told of before; says whether a whole one was told the same or otherwise. */
export function emitForeignTrace({
  record,
  told,
  workspaceId,
  page,
  state,
  readTimestamp,
}: ForeignInterpretation & {
  record: SourceRecord
  told: ToldTrace
  workspaceId: string
  page: InterpretedPage
}): EmittedTrace | "duplicate" | "taken" {
  const { sourceId } = told
  const { known, identity } = state.traces.find({ workspaceId, sourceId })
  const read = traceFieldsOfFileElement({ element: told.element, readTimestamp })
  if (read === null) throw new TypeError(`The trace ${sourceId} was told without a task.`)
  const { fields } = read
  const content = canonicalJson(record.metadata ?? record.document)
  const contentMark = told.isWhole ? contentKey({ title: "whole", content }) : ""
  const { createdAt } = fields
  if (known !== null) {
    if (told.isWhole) return known.contentMark === contentMark ? "duplicate" : "taken"
    return { sourceId, id: known.id, createdAt, emitted: known }
  }
  const notes = [...fields.notes]
  page.traces.push({
    ...fields,
    workspaceId,
    id: identity.id,
    sourceId: storableSourceId(identity.sourceId, notes),
    embedding: told.embedding,
    notes,
  })
  const emitted = state.traces.add({ workspaceId, identity, contentMark })
  return { sourceId, id: identity.id, createdAt, emitted }
}
