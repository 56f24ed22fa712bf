import type {
  Interpretation,
  InterpretationState,
  InterpretedPage,
} from "../interpretation/interpretation.ts"
import { readMemoryItemFields } from "../interpretation/read-memory-item-fields.ts"
import type { Reject } from "../interpretation/reject.ts"
import { traceItemRow } from "../interpretation/trace-item.ts"
import { isJsonObject } from "../json/json-value.ts"
import type { SourceRecord } from "../memory-source.ts"
import { parseRejectLine } from "./reject-line.ts"
import { rowOfReject } from "./row-of-reject.ts"

type Replay = Interpretation & {
  state: InterpretationState
  record: SourceRecord
  page: InterpretedPage
}

/** Adds what a repaired line of a rejects file holds, an item of a trace or a row; else rejects it again. */
export function replayReject({ record, page, ...interpretation }: Replay) {
  const reject = parseRejectLine(record.document ?? "")
  if ("problem" in reject) throw new TypeError(`The line was read before: ${reject.problem}`)
  const again = (reason: Pick<Reject, "code" | "reason">) => {
    page.recordsRejected++
    page.rejects.push({ ...reject, ...reason })
  }
  if (reject.place !== undefined && "traceId" in reject.place) {
    if (!addItem({ ...interpretation, place: reject.place, reject, page })) {
      again({ code: "no_content", reason: reject.reason })
    }
    return
  }
  if (reject.kind === "record") {
    again({
      code: "malformed_entry",
      reason: "its content is no record with id, document and metadata",
    })
    return
  }
  const read = rowOfReject({ kind: reject.kind, content: reject.content })
  if ("problem" in read) {
    again({
      code: "malformed_entry",
      reason: `its content is no row, record or item: ${read.problem}`,
    })
    return
  }
  const isTrace = "trace" in read
  const row = isTrace ? read.trace : read.memoryItem
  const rows = isTrace ? interpretation.state.traces : interpretation.state.memoryItems
  const { workspaceId, id, sourceId } = row
  if (rows.get(workspaceId, id) !== null) {
    again({ code: "duplicate_id", reason: `another line has this id in workspace ${workspaceId}` })
    return
  }
  rows.add({ workspaceId, identity: { id, sourceId }, contentMark: "" })
  if (isTrace) page.traces.push(read.trace)
  else page.memoryItems.push(read.memoryItem)
}

/** An item of a trace that was moved without it, in each workspace of that trace. */
function addItem({
  reject: { content },
  place: { workspaceIds, traceSourceId, traceId, ordinal, createdAt, derivedFromKind },
  page,
  state,
  readTimestamp,
}: Omit<Replay, "record"> & {
  reject: Reject
  place: Extract<Reject["place"], { traceId: string }>
}): boolean {
  const fields = isJsonObject(content)
    ? readMemoryItemFields({ source: content, derivedFromKind, readTimestamp })
    : null
  if (fields === null) return false
  const trace = { sourceId: traceSourceId, id: traceId, createdAt }
  for (const workspaceId of workspaceIds) {
    page.memoryItems.push(traceItemRow({ fields, state, workspaceId, trace, ordinal }))
  }
  return true
}
