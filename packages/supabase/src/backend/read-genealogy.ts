import {
  buildGenealogy,
  type Genealogy,
  rowId,
  type StorageKey,
  type StoredMemoryItem,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import { readByIds, readLinks } from "./read-links.ts"
import { readMemory } from "./read-rows.ts"
import { references } from "./stored-row.ts"
import type { SupabaseApi } from "./supabase-api.ts"

const kinSchema = z.object({
  kind: z.string(),
  workspace_id: z.string().nullable(),
  id: z.string(),
})
const relativeSchema = z.object({
  id: z.string(),
  source_id: z.string().nullable(),
  title: z.string(),
  evolution_stage: z.coerce.number(),
})
/** One more than a genealogy shows, so that it is known to be cut. */
const deepest = 101

/** The relatives of an item in its own workspace, from the database's walk; what lies elsewhere is redacted. */
export async function readGenealogy({
  api,
  workspaceId,
  id,
}: StorageKey & { api: SupabaseApi }): Promise<Genealogy | null> {
  const memory = await readMemory({ api, workspaceId, id })
  if (memory === null) return null
  const key = rowId({ kind: "memory_item", sourceId: id }).id
  const kin = await api.callForRows("get_genealogy", {
    ...{ workspace_id: workspaceId, id: key, kind: "memory_item", max_depth: deepest },
  })
  const here = kin
    .map((row) => parseRow({ api, schema: kinSchema, row }))
    .filter((row) => row.kind === "memory_item" && row.workspace_id === workspaceId)
  const ids = [...new Set(here.map((row) => row.id))]
  const relatives = await readRelatives({ api, workspaceId, memory, ids })
  const byId = new Map(relatives.map((relative) => [relative.id, relative]))
  return buildGenealogy({
    memory,
    find: (other) => byId.get(other),
    childrenOf: (parent) =>
      relatives.filter(
        ({ parentMemoryId, derivedFrom }) =>
          parentMemoryId === parent || derivedFrom.includes(parent),
      ),
  })
}

/** Rows with what a genealogy needs of them; the rest stands for nothing. */
async function readRelatives({
  api,
  workspaceId,
  memory,
  ids,
}: {
  api: SupabaseApi
  workspaceId: string
  memory: StoredMemoryItem
  ids: readonly string[]
}): Promise<StoredMemoryItem[]> {
  const columns = Object.keys(relativeSchema.shape)
  const rows = await readByIds({ api, workspaceId, table: "memory_items", columns, ids })
  const links = await readLinks({ api, workspaceId, kind: "memory_item", ids })
  return rows.map((found) => {
    const row = parseRow({ api, schema: relativeSchema, row: found })
    const own = links.get(row.id) ?? []
    return {
      ...memory,
      id: row.source_id ?? row.id,
      title: row.title,
      evolutionStage: row.evolution_stage,
      parentMemoryId: references({ links: own, relation: "parent" }).at(0) ?? null,
      derivedFrom: references({ links: own, relation: "derived_from" }),
      derivedFromTraces: references({ links: own, relation: "derived_from", kind: "trace" }),
    }
  })
}
