import type { Embedder } from "../embedder.ts"
import type { EmbeddingCounts, EmbeddingTarget } from "../embedding-target.ts"
import { ReasoningBankError } from "../errors.ts"
import type { RowKind } from "../migration-target.ts"
import { embedPages, vectorsOf } from "./embed-pages.ts"
import { countNeeds, type EmbeddingReport, needsByWorkspace } from "./embedding-report.ts"
import { clearOtherModels, refuseOtherModels } from "./other-models.ts"

export type EmbedSettings = {
  target: EmbeddingTarget
  embedder: Embedder
  /** Null for every workspace. */
  workspaceId: string | null
  /** Make vectors of other models anew too, instead of refusing them. */
  convert: boolean
  /** Only count. */
  dryRun: boolean
  /** Rows embedded and written together. @default 128 */
  pageSize?: number
  onProgress?: (progress: EmbeddingProgress) => void
  signal?: AbortSignal
}

/** `clear`: vectors of other models that were taken away; `embed`: rows that got one. */
export type EmbeddingProgress = { phase: "clear" | "embed"; done: number; total: number }

const kinds: RowKind[] = ["trace", "memory_item"]
const maximumAttempts = 3

/**
 * Gives a vector of the embedder's model to every row that has none, one of another model, or one of a text that was
 * edited since. Works page by page, each one transaction, and may be stopped at any moment: the next call does what is
 * left. A row that is edited meanwhile is left alone and looked at again. Vectors of other models are all taken away before
 * the first new one is written, so that two models never stand side by side.
 *
 * @throws {ReasoningBankError} `usage` for an unknown workspace, `run:refused` for vectors of other models unless they are to
 * be converted, what the embedder raises (before anything is taken away), `target:*` for the target.
 */
export async function embedMemories(settings: EmbedSettings): Promise<EmbeddingReport> {
  const { target, workspaceId, signal } = settings
  const embedder = stoppable(settings)
  const model = embedder.name
  const started = performance.now()
  const counts = await target.count({ model, workspaceId })
  refuseUnknownWorkspace({ counts, workspaceId })
  const workspaces = needsByWorkspace({ counts, model })
  const total = countNeeds(workspaces)
  const embedded = { trace: 0, memory_item: 0 }
  const left = { trace: 0, memory_item: 0 }
  const report = (status: EmbeddingReport["status"]): EmbeddingReport => {
    const elapsed = performance.now() - started
    const rate = ((embedded.trace + embedded.memory_item) / elapsed) * 1_000
    return {
      ...{ status, model, workspaces, embedded, left },
      total_ms: Math.round(elapsed),
      rows_per_second: Math.round(rate),
    }
  }
  if (settings.dryRun) return report("dry_run")
  if (!settings.convert) refuseOtherModels({ counts, model })
  if (total === 0) return report("done")

  await vectorsOf({ texts: ["Is the model there?"], embedder })
  await clearOtherModels({
    ...{ target, workspaceId, counts, model, signal },
    onProgress: (step) => settings.onProgress?.({ phase: "clear", ...step }),
  })
  for (const kind of kinds) {
    left[kind] = await embedKind({
      ...{ settings, embedder, kind },
      onWritten: (count) => {
        embedded[kind] += count
        const done = embedded.trace + embedded.memory_item
        settings.onProgress?.({ phase: "embed", done, total: Math.max(total, done) })
      },
    })
  }
  await target.finish()
  return report(left.trace + left.memory_item === 0 ? "done" : "rows_left")
}

/** Returns how many rows were edited at each attempt. */
async function embedKind({
  settings: { target, workspaceId, pageSize = 128, signal },
  embedder,
  kind,
  onWritten,
}: {
  settings: EmbedSettings
  embedder: Embedder
  kind: RowKind
  onWritten: (count: number) => void
}): Promise<number> {
  let left = 0
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    left = 0
    const pages = embedPages({ target, kind, workspaceId, pageSize, embedder })
    for await (const embeddings of pages) {
      signal?.throwIfAborted()
      const { skipped } = await target.write({ model: embedder.name, embeddings })
      left += skipped.length
      onWritten(embeddings.length - skipped.length)
    }
    if (left === 0) break
  }
  return left
}

/** Embedding ends at once with the signal; what it was embedding is not written. */
function stoppable({ embedder, signal }: EmbedSettings): Embedder {
  const { name, dimension } = embedder
  return { name, dimension, embed: (texts) => embedder.embed(texts, { signal }) }
}

function refuseUnknownWorkspace({
  counts,
  workspaceId,
}: {
  counts: readonly EmbeddingCounts[]
  workspaceId: string | null
}) {
  if (workspaceId === null || counts.length > 0) return
  throw new ReasoningBankError({
    code: "usage",
    message: `There is no workspace ${JSON.stringify(workspaceId)} in the target.`,
    hint: "Give the id of one, or leave --workspace out to embed the rows of all.",
  })
}
