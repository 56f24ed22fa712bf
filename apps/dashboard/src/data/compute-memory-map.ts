import "server-only"
import type { VectorRows } from "@reasoningbank/projection"
import type { ServerClient } from "../supabase/create-server-client.ts"
import { DataError } from "./data-error.ts"
import { readMapSource } from "./memory-map.ts"
import { openSession } from "./open-session.ts"
import { parseVectorLines } from "./parse-vector-lines.ts"
import { unwrap } from "./unwrap.ts"

export type MapStep = "reading" | "arranging" | "saving"

const landmarkCount = 3_000

type Scope = { workspaceId: string; model: string }

/** Lays the vectors of a workspace out anew and keeps the map. Raises `DataError`, `forbidden` for viewers. */
export async function computeMemoryMap({
  onProgress,
  ...scope
}: Scope & { onProgress: (step: MapStep, share: number) => void }): Promise<void> {
  const { supabase } = await openSession()
  onProgress("reading", 0)
  const source = await readMapSource(scope)
  const named = { workspace_id: scope.workspaceId, embedding_model: scope.model }
  const landmarks = parseVectorLines(
    unwrap(await supabase.rpc("sample_memory_vectors", { ...named, match_count: landmarkCount })),
  )
  if (landmarks.count === 0) {
    throw new DataError({
      code: "not_found",
      message: "There is no vector to lay out any more.",
      hint: "Memories get one when they are written through a storage backend.",
    })
  }
  let { ids } = landmarks
  const readReduced = async (axes: readonly Float32Array[]): Promise<VectorRows> => {
    const rows = await reduceVectors({ supabase, named, axes })
    ids = rows.ids
    return rows
  }
  onProgress("arranging", 0)
  const layOutVectors = await loadProjection()
  const { method, places } = await layOutVectors({
    landmarks,
    readReduced: source.vectors > landmarks.count ? readReduced : null,
    onProgress: (share) => onProgress("arranging", share),
  })
  onProgress("saving", 0)
  const axis = (first: number) => ids.map((_, row) => places[2 * row + first] ?? 0)
  unwrap(
    await supabase.rpc("save_memory_map", {
      ...named,
      method,
      source_vectors: source.vectors,
      source_digest: source.digest,
      ids,
      x: axis(0),
      y: axis(1),
    }),
  )
}

async function reduceVectors({
  supabase,
  named,
  axes,
}: {
  supabase: ServerClient
  named: { workspace_id: string; embedding_model: string }
  axes: readonly Float32Array[]
}) {
  return parseVectorLines(
    unwrap(
      await supabase.rpc("reduce_memory_vectors", {
        ...named,
        axes: axes.map((axis) => `[${axis.join(",")}]`),
      }),
    ),
  )
}

async function loadProjection() {
  // Loaded as it is: it starts a thread from its own files, which a bundle does not have.
  const { layOutVectors } = await import(/* turbopackIgnore: true */ "@reasoningbank/projection")
  return layOutVectors
}
