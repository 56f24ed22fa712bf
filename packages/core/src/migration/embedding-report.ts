import type { EmbeddingCounts } from "../embedding-target.ts"
import type { RowKind } from "../migration-target.ts"
import { countOthers } from "./other-models.ts"

/** Rows of one kind by what they need. */
export type EmbeddingNeeds = {
  rows: number
  missing: number
  stale: number
  /** Vectors of other models. */
  of_other_models: number
}

/** What `pnpm migrate embed` found and did; its JSON output. */
export type EmbeddingReport = {
  /** `rows_left`: some were edited at each attempt; the next run embeds them. */
  status: "done" | "rows_left" | "dry_run"
  model: string
  /** As it was found. */
  workspaces: ({ workspace_id: string } & Record<RowKind, EmbeddingNeeds>)[]
  embedded: Record<RowKind, number>
  left: Record<RowKind, number>
  total_ms: number
  rows_per_second: number
}

function emptyNeeds(): EmbeddingNeeds {
  return { rows: 0, missing: 0, stale: 0, of_other_models: 0 }
}

/** The counts of a target workspace by workspace, as seen from one model. */
export function needsByWorkspace({
  counts,
  model,
}: {
  counts: readonly EmbeddingCounts[]
  model: string
}): EmbeddingReport["workspaces"] {
  const found = new Map<string, EmbeddingReport["workspaces"][number]>()
  for (const { workspaceId, kind, rows, missing, stale, models } of counts) {
    const known = found.get(workspaceId)
    const workspace = known ?? {
      workspace_id: workspaceId,
      trace: emptyNeeds(),
      memory_item: emptyNeeds(),
    }
    if (known === undefined) found.set(workspaceId, workspace)
    workspace[kind] = { rows, missing, stale, of_other_models: countOthers({ models, model }) }
  }
  return [...found.values()]
}

/** How many rows are to be embedded. */
export function countNeeds(workspaces: EmbeddingReport["workspaces"]): number {
  return workspaces
    .flatMap(({ trace, memory_item }) => [trace, memory_item])
    .reduce(
      (sum, { missing, stale, of_other_models }) => sum + missing + stale + of_other_models,
      0,
    )
}
