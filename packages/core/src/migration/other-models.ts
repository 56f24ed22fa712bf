import type { EmbeddingCounts, EmbeddingTarget, RowScope } from "../embedding-target.ts"
import { ReasoningBankError } from "../errors.ts"

const rowsAtOnce = 500
const namedWorkspaces = 5

/** Raises `run:refused`, naming them, where workspaces have vectors of other models than this one. */
export function refuseOtherModels({
  counts,
  model,
}: {
  counts: readonly EmbeddingCounts[]
  model: string
}): void {
  const found = new Map<string, Set<string>>()
  for (const { workspaceId, models } of counts) {
    const others = [...models.keys()].filter((name) => name !== model)
    if (others.length === 0) continue
    found.set(workspaceId, new Set([...(found.get(workspaceId) ?? []), ...others]))
  }
  if (found.size === 0) return
  const named = [...found]
    .slice(0, namedWorkspaces)
    .map(([workspaceId, models]) => `${workspaceId} of ${[...models].toSorted().join(", ")}`)
  const more = found.size > named.length ? `, and ${found.size - named.length} more` : ""
  throw new ReasoningBankError({
    code: "run:refused",
    message: `Vectors are to be made by ${model}, but there are others: in ${named.join("; ")}${more}. Vectors of two models can not be compared.`,
    hint: "Run again with --convert to make all of them anew by this model (programs that search there must use it too), or name another workspace with --workspace.",
  })
}

/** Takes away all vectors of other models than this one, page by page. Those of a source stay beside their rows. */
export async function clearOtherModels({
  target,
  workspaceId,
  counts,
  model,
  onProgress,
  signal,
}: {
  target: EmbeddingTarget
  workspaceId: string | null
  counts: readonly EmbeddingCounts[]
  model: string
  onProgress: (progress: { done: number; total: number }) => void
  signal: AbortSignal | undefined
}): Promise<void> {
  const total = counts.reduce((sum, { models }) => sum + countOthers({ models, model }), 0)
  if (total === 0) return
  let done = 0
  for (const kind of ["trace", "memory_item"] as const) {
    let after: RowScope["after"] = null
    for (;;) {
      signal?.throwIfAborted()
      const scope = { kind, workspaceId, after, limit: rowsAtOnce }
      const cleared = await target.clear({ ...scope, otherThanModel: model })
      const last = cleared.at(-1)
      if (last === undefined) break
      after = last
      done += cleared.length
      onProgress({ done, total: Math.max(done, total) })
    }
  }
}

/** How many rows have a vector of another model. */
export function countOthers({
  models,
  model,
}: Pick<EmbeddingCounts, "models"> & { model: string }): number {
  return [...models].reduce((sum, [name, count]) => (name === model ? sum : sum + count), 0)
}
