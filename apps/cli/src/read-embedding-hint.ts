import {
  countNeeds,
  type EmbeddingTarget,
  embeddingModel,
  needsByWorkspace,
} from "@reasoningbank/core"
import { formatQuantity } from "./format-figures.ts"
import type { MigrationLog } from "./migration-log.ts"

/** A line for the end of a run when rows of the target can not be found by meaning, else none. */
export async function readEmbeddingHint({
  target,
  log,
}: {
  target: EmbeddingTarget
  log: MigrationLog
}): Promise<string[]> {
  try {
    const counts = await target.count({ model: embeddingModel, workspaceId: null })
    const count = countNeeds(needsByWorkspace({ counts, model: embeddingModel }))
    if (count === 0) return []
    const rows = formatQuantity(count, "row of the target has", "rows of the target have")
    return [`${rows} no vector of their text by ${embeddingModel}: pnpm migrate embed`, ""]
  } catch (error) {
    // The run itself is done and proven.
    log.warn({ error: String(error) }, "rows without a vector could not be counted")
    return []
  }
}
