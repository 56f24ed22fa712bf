import { isJsonObject, parseJson } from "@reasoningbank/core"
import {
  rowId,
  type StorageKey,
  type StoredMemoryItem,
  type StoredReasoningTrace,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import { readByIds, readLinks } from "./read-links.ts"
import { memoryFromRow, memoryRowSchema, traceFromRow, wholeTraceSchema } from "./stored-row.ts"
import { type SupabaseApi, unexpectedAnswer } from "./supabase-api.ts"

const placeSchema = z.object({ trace_id: z.string().nullable() })
const plainMemorySchema = memoryRowSchema.omit({ links: true })

/** A trace with its items, every digit of its JSON kept. */
export async function readTrace({
  api,
  workspaceId,
  id,
}: StorageKey & { api: SupabaseApi }): Promise<StoredReasoningTrace | null> {
  const key = rowId({ kind: "trace", sourceId: id }).id
  const text = await api.call("get_trace", { workspace_id: workspaceId, id: key })
  if (text === null) return null
  const document = typeof text === "string" ? parseJson(text) : null
  if (!isJsonObject(document)) throw unexpectedAnswer({ location: api.location, what: "a trace" })
  const row = parseRow({ api, schema: wholeTraceSchema, row: document })
  const summary = traceFromRow({ row, memoryItemCount: row.memory_items.length })
  const memoryItems = row.memory_items.map((item) => memoryFromRow({ row: item, trace: summary }))
  return { ...summary, trajectory: row.trajectory, memoryItems }
}

/** A memory item, out of its trace where it has one: only there are all digits of its JSON told. */
export async function readMemory({
  api,
  workspaceId,
  id,
}: StorageKey & { api: SupabaseApi }): Promise<StoredMemoryItem | null> {
  const key = rowId({ kind: "memory_item", sourceId: id }).id
  const table = { api, workspaceId, table: "memory_items", ids: [key] }
  const [place] = await readByIds({ ...table, columns: ["trace_id"] })
  if (place === undefined) return null
  const { trace_id: traceId } = parseRow({ api, schema: placeSchema, row: place })
  if (traceId !== null) {
    const trace = await readTrace({ api, workspaceId, id: traceId })
    return trace?.memoryItems.find((item) => keyOf(item.id) === key) ?? null
  }
  const [found] = await readByIds({ ...table, columns: Object.keys(plainMemorySchema.shape) })
  if (found === undefined) return null
  const row = parseRow({ api, schema: plainMemorySchema, row: found })
  const links = await readLinks({ api, workspaceId, kind: "memory_item", ids: [key] })
  return memoryFromRow({ row: { ...row, links: links.get(key) ?? [] }, trace: null })
}

function keyOf(id: string): string {
  return rowId({ kind: "memory_item", sourceId: id }).id
}
