import { storedEmbedding, untrustedEmbedding } from "../interpretation/stored-embedding.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

/**
 * A row of the target with the vector its source had: one that was made here since (`pnpm migrate embed`) follows from
 * the text and is no edit. The source's stands beside it, empty where there was none; a migration itself never writes
 * both.
 */
export function asMigrated<Row extends ReasoningTrace | MemoryItem>({
  row,
  sourceModel,
}: Pick<TargetRow<Row>, "row" | "sourceModel">): Row {
  const { status, sourceVector } = row.embedding
  const isReplaced = sourceVector !== null && (status === "present" || status === "missing")
  if (!isReplaced) return row
  const embedding =
    sourceModel === null
      ? untrustedEmbedding(sourceVector)
      : { ...storedEmbedding(sourceVector), model: sourceModel }
  return { ...row, embedding }
}
