import type { TraceSummary } from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import { readByIds, readLinks } from "./read-links.ts"
import { traceFromRow, traceRowSchema } from "./stored-row.ts"
import type { SupabaseApi } from "./supabase-api.ts"

const foundSchema = z.object({
  id: z.string(),
  similarity: z.number(),
  memory_items: z.coerce.number(),
})
const plainTraceSchema = traceRowSchema.omit({ links: true })

/** Traces near a vector; the search tells which, the rows what they are. */
export async function findTraces({
  api,
  workspaceId,
  parameters,
}: {
  api: SupabaseApi
  workspaceId: string
  parameters: Record<string, unknown>
}): Promise<{ trace: TraceSummary; similarity: number }[]> {
  const found = (await api.callForRows("search_similar_traces", parameters)).map((row) =>
    parseRow({ api, schema: foundSchema, row }),
  )
  const ids = found.map(({ id }) => id)
  const columns = Object.keys(plainTraceSchema.shape)
  const [rows, links] = await Promise.all([
    readByIds({ api, workspaceId, table: "reasoning_traces", columns, ids }),
    readLinks({ api, workspaceId, kind: "trace", ids }),
  ])
  const parsed = rows.map((row) => parseRow({ api, schema: plainTraceSchema, row }))
  const byId = new Map(parsed.map((row) => [row.id, row]))
  return found.flatMap(({ id, similarity, memory_items: memoryItemCount }) => {
    const row = byId.get(id)
    // Deleted since it was found.
    if (row === undefined) return []
    const whole = { ...row, links: links.get(id) ?? [] }
    return [{ trace: traceFromRow({ row: whole, memoryItemCount }), similarity }]
  })
}
