import type { StorageKey } from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import { linkSchema } from "./stored-row.ts"
import type { SupabaseApi } from "./supabase-api.ts"

/** A long list of ids would not fit into an address. */
const idsPerRequest = 200
const childLinkSchema = linkSchema.extend({ child_id: z.string() })

export type ChildLink = z.output<typeof childLinkSchema>

/** Where these rows came from, by the UUID of the row. */
export async function readLinks({
  api,
  workspaceId,
  kind,
  ids,
}: Pick<StorageKey, "workspaceId"> & {
  api: SupabaseApi
  kind: "trace" | "memory_item"
  ids: readonly string[]
}): Promise<Map<string, ChildLink[]>> {
  const rows = await inChunks(ids, (some) =>
    api.selectRows((client) =>
      client
        .from("lineage_links")
        .select(Object.keys(childLinkSchema.shape).join(", "), { count: "exact" })
        .eq("workspace_id", workspaceId)
        .eq("child_kind", kind)
        .in("child_id", some)
        .order("child_id")
        .order("relation")
        .order("ordinal"),
    ),
  )
  const links = rows.map((row) => parseRow({ api, schema: childLinkSchema, row }))
  return Map.groupBy(links, (link) => link.child_id)
}

/** Rows of a table by their UUIDs. */
export function readByIds({
  api,
  workspaceId,
  table,
  columns,
  ids,
}: Pick<StorageKey, "workspaceId"> & {
  api: SupabaseApi
  table: string
  columns: readonly string[]
  ids: readonly string[]
}): Promise<unknown[]> {
  return inChunks(ids, (some) =>
    api.selectRows((client) =>
      client
        .from(table)
        .select(columns.join(", "), { count: "exact" })
        .eq("workspace_id", workspaceId)
        .in("id", some)
        .order("id"),
    ),
  )
}

async function inChunks(
  ids: readonly string[],
  read: (ids: string[]) => Promise<unknown[]>,
): Promise<unknown[]> {
  const rows: unknown[] = []
  for (let start = 0; start < ids.length; start += idsPerRequest) {
    rows.push(...(await read(ids.slice(start, start + idsPerRequest))))
  }
  return rows
}
