import { canonicalJson } from "../../json/canonical-json.ts"
import { isJsonObject } from "../../json/json-value.ts"
import { contentKey } from "../content-key.ts"
import type { InterpretedPage } from "../interpretation.ts"
import { readMemoryItemFields } from "../read-memory-item-fields.ts"
import type { Reject } from "../reject.ts"
import { derivedRowId } from "../row-id.ts"
import { itemWithoutContent, traceItemRow } from "../trace-item.ts"
import type { EmittedTrace } from "./emit-foreign-trace.ts"
import type { ToldMemoryItem } from "./foreign-telling.ts"
import type { ForeignInterpretation } from "./interpret-foreign-collection.ts"

/** Adds an item to the page, or says why it is none. */
export function emitForeignItem({
  item,
  index,
  trace,
  isWhole,
  workspaceId,
  page,
  state,
  readTimestamp,
}: ForeignInterpretation & {
  item: ToldMemoryItem
  /** Position within its record. */
  index: number
  trace: EmittedTrace | null
  /** Its record is the whole trace, so its position there is the one within the trace. */
  isWhole: boolean
  workspaceId: string
  page: InterpretedPage
}): Reject | null {
  const { element } = item
  const fields = isJsonObject(element)
    ? readMemoryItemFields({ source: element, derivedFromKind: "memory_item", readTimestamp })
    : null
  if (fields === null) {
    const sourceId = `${trace?.sourceId ?? ""}#${index}`
    return {
      ...itemWithoutContent({ sourceId, content: element }),
      ...(trace !== null && {
        place: {
          workspaceIds: [workspaceId],
          traceSourceId: trace.sourceId,
          traceId: trace.id,
          ordinal: index,
          createdAt: trace.createdAt,
          derivedFromKind: "memory_item" as const,
        },
      }),
    }
  }
  const content = canonicalJson(element)
  const contentMark = contentKey({ title: "item", content })
  const statedId = fields.statedId || (isWhole ? null : derivedId({ trace, content }))
  const { known } = statedId
    ? state.memoryItems.find({ workspaceId, sourceId: statedId })
    : { known: null }
  if (known !== null && known.contentMark === contentMark) {
    state.warnings.add({ code: "duplicate_merged", example: statedId ?? "" })
    return null
  }
  if (known !== null && !isWhole) {
    const reason = `another record of workspace ${workspaceId} has this id and other content; the first one was kept`
    return {
      ...itemWithoutContent({ sourceId: "", content: element }),
      code: "duplicate_id",
      reason,
    }
  }
  const ordinal = isWhole ? index : (trace?.emitted.items ?? 0)
  if (trace !== null) trace.emitted.items++
  page.memoryItems.push(
    traceItemRow({
      fields: { ...fields, statedId },
      state,
      workspaceId,
      trace,
      ordinal,
      contentMark,
      embedding: item.embedding,
    }),
  )
  return null
}

/** An item without an id is told by its whole content, not by its place: files are sorted and cut. */
function derivedId({ trace, content }: { trace: EmittedTrace | null; content: string }): string {
  return derivedRowId({ kind: "memory_item", parts: [trace?.sourceId ?? "", content] })
}
