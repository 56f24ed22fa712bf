import "server-only"
import { z } from "zod"
import { openSession } from "./open-session.ts"
import { readStatistics } from "./statistics.ts"
import { unwrap } from "./unwrap.ts"

/** What is known of the map of a workspace before its points are read. */
export type MemoryMapFacts = {
  /** The model whose vectors it shows; null when no memory has a vector. */
  model: string | null
  /** Vectors of that model now. */
  vectors: number
  memories: number
  withoutVector: number
  /** Vectors of other models, which can not be compared with these. */
  ofOtherModels: number
  kept: { computedAt: string; method: string; sourceVectors: number } | null
}

/** From the counts the database keeps and the row of the map: no memory is read. */
export async function readMemoryMapFacts(workspaceId: string): Promise<MemoryMapFacts> {
  const { totalMemories, embeddedMemories, embeddingModels } = await readStatistics(workspaceId)
  const [[model, vectors] = [null, 0]] = Object.entries(embeddingModels).sort(
    ([, one], [, other]) => other - one,
  )
  const { supabase } = await openSession()
  const [row] = unwrap(
    await supabase
      .from("memory_maps")
      .select("computed_at, method, source_vectors")
      .eq("workspace_id", workspaceId)
      .eq("embedding_model", model ?? ""),
  )
  return {
    model,
    vectors,
    memories: totalMemories,
    withoutVector: totalMemories - embeddedMemories,
    ofOtherModels: embeddedMemories - vectors,
    kept:
      row === undefined
        ? null
        : {
            computedAt: row.computed_at,
            method: row.method,
            sourceVectors: row.source_vectors,
          },
  }
}

/** The points of a map by column: place n of every list is about the same memory. */
export type MapPoints = {
  ids: string[]
  x: number[]
  y: number[]
  domains: (string | null)[]
  outcomes: (string | null)[]
  stages: number[]
}

const texts = z.array(z.string().nullable())
const numbers = z.array(z.number())
const points = z.object({
  ids: z.array(z.string()),
  x: numbers,
  y: numbers,
  domains: texts,
  outcomes: texts,
  stages: numbers,
})

/** Null when no map is kept. */
export async function readMapPoints({
  workspaceId,
  model,
}: {
  workspaceId: string
  model: string
}): Promise<MapPoints | null> {
  const { supabase } = await openSession()
  const found = unwrap(
    await supabase.rpc("get_memory_map", { workspace_id: workspaceId, embedding_model: model }),
  )
  return found === null ? null : points.parse(found)
}

export type MapSource = { vectors: number; digest: string }

/** What a map made now would be made from. Reads every vector of the workspace in the database. */
export async function readMapSource({
  workspaceId,
  model,
}: {
  workspaceId: string
  model: string
}): Promise<MapSource> {
  const { supabase } = await openSession()
  const [source] = unwrap(
    await supabase.rpc("get_memory_map_source", {
      workspace_id: workspaceId,
      embedding_model: model,
    }),
  )
  return { vectors: source?.vectors ?? 0, digest: source?.digest ?? "" }
}

/** Whether nothing that the kept map was made from has changed; null when none is kept. */
export async function isMapCurrent(scope: {
  workspaceId: string
  model: string
}): Promise<boolean | null> {
  const { supabase } = await openSession()
  const [kept] = unwrap(
    await supabase
      .from("memory_maps")
      .select("source_digest")
      .eq("workspace_id", scope.workspaceId)
      .eq("embedding_model", scope.model),
  )
  return kept === undefined ? null : kept.source_digest === (await readMapSource(scope)).digest
}
