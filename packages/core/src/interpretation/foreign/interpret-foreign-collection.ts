import type { SourceCollection, SourceRecord } from "../../memory-source.ts"
import { replayReject } from "../../replay/replay-reject.ts"
import { detectDialect, isForeign } from "../dialect.ts"
import {
  emptyPage,
  type Interpretation,
  type InterpretationState,
  type InterpretedPage,
} from "../interpretation.ts"
import { recordContent } from "../record-content.ts"
import { emitForeignItem } from "./emit-foreign-item.ts"
import { emitForeignTrace } from "./emit-foreign-trace.ts"
import { type ProgramDialect, readForeignRecord } from "./read-foreign-record.ts"

export type ForeignInterpretation = Interpretation & { state: InterpretationState }

/** Records of other programs: each gives a trace with its items, or an item and what it says of its trace. */
export async function* interpretForeignCollection(
  interpretation: ForeignInterpretation & { collection: SourceCollection },
): AsyncGenerator<InterpretedPage> {
  const { source, collection, pageSize, signal } = interpretation
  const options = { embeddings: true, pageSize, ...(signal && { signal }) }
  for await (const records of source?.records(collection, options) ?? []) {
    const page = emptyPage()
    for (const record of records) {
      const dialect = detectDialect(record)
      if (!isForeign(dialect)) continue
      page.recordsRead++
      if (dialect === "reject") {
        replayReject({ ...interpretation, record, page })
        continue
      }
      const refused = addRecord({ interpretation, record, dialect, page })
      if (refused === null) continue
      page.recordsRejected++
      const content = recordContent({ ...record, dialect })
      page.rejects.push({ ...refused, sourceId: record.id, content })
    }
    yield page
  }
}

/** Adds what a record tells, or says why nothing of it can be a row. */
function addRecord({
  interpretation,
  record,
  dialect,
  page,
}: {
  interpretation: ForeignInterpretation
  record: SourceRecord
  dialect: ProgramDialect
  page: InterpretedPage
}) {
  const { state, defaultWorkspaceId } = interpretation
  const told = readForeignRecord({ record, dialect })
  if ("reason" in told) {
    const { reason } = told
    return { kind: "record" as const, code: "malformed_entry" as const, reason }
  }
  if (told.workspaceId === null) {
    state.warnings.add({ code: "workspace_assigned", example: record.id })
  }
  const workspaceId = told.workspaceId ?? defaultWorkspaceId
  const emission = { ...interpretation, page, workspaceId }
  const trace =
    told.trace === null ? null : emitForeignTrace({ ...emission, record, told: told.trace })
  if (trace === "duplicate") {
    state.warnings.add({ code: "duplicate_merged", example: record.id })
    return null
  }
  if (trace === "taken") {
    const reason = `another record of workspace ${workspaceId} has this id and other content; the first one was kept`
    return { kind: "trace" as const, code: "duplicate_id" as const, reason }
  }
  const isWhole = told.trace?.isWhole === true
  for (const [index, item] of told.memoryItems.entries()) {
    const refused = emitForeignItem({ ...emission, trace, item, index, isWhole })
    if (refused === null) continue
    if (!isWhole) return { kind: refused.kind, code: refused.code, reason: refused.reason }
    page.rejects.push(refused)
  }
  return null
}
