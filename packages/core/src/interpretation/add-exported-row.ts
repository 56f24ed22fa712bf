import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { InterpretationState, InterpretedPage } from "./interpretation.ts"
import { recordContent } from "./record-content.ts"
import { traceMark } from "./trace-fields.ts"

type Addition = { state: InterpretationState; page: InterpretedPage }

/** Adds a trace that was exported as a row, as it was; says why when there is one already. */
export function addExportedTrace({ row, state, page }: Addition & { row: ReasoningTrace }) {
  const { workspaceId, id, sourceId } = row
  if (state.traces.get(workspaceId, id) !== null) {
    const reason = `another record of workspace ${workspaceId} has this id; the first one was kept`
    return { code: "duplicate_id" as const, reason }
  }
  state.traces.add({ workspaceId, identity: { id, sourceId }, contentMark: traceMark(row) })
  page.traces.push(row)
  return null
}

/** Whether the trace an exported item belongs to was there; without it the item is read like any other record. */
export function hasItsTrace({
  row: { workspaceId, traceId },
  state,
}: {
  row: MemoryItem
  state: InterpretationState
}): boolean {
  return traceId === null || state.traces.get(workspaceId, traceId) !== null
}

/** Adds an item that was exported as a row, as it was, or a reject when there is one already. */
export function addExportedMemoryItem({
  row,
  record,
  state,
  page,
}: Addition & { row: MemoryItem; record: SourceRecord }) {
  const { workspaceId, id, sourceId, traceId, ordinal } = row
  if (state.memoryItems.get(workspaceId, id) !== null) {
    page.recordsRejected++
    page.rejects.push({
      kind: "memory_item",
      sourceId: record.id,
      code: "duplicate_id",
      reason: `another record of workspace ${workspaceId} has this id; the first one was kept`,
      content: recordContent(record),
    })
    return
  }
  state.memoryItems.add({ workspaceId, identity: { id, sourceId }, contentMark: "" })
  const trace = traceId === null ? null : state.traces.get(workspaceId, traceId)
  if (trace !== null) trace.items = Math.max(trace.items, ordinal + 1)
  page.memoryItems.push(row)
}
