import type { Census } from "../interpretation/census.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { MigrationTarget } from "../migration-target.ts"
import type { IndexBuildProgress } from "../search-indexes.ts"

/** Drops the indexes that are cheaper to build anew than to keep while the rows of this census are written. */
export async function dropSearchIndexes({
  target: { searchIndexes },
  runId,
  census,
}: {
  target: MigrationTarget
  runId: string
  census: Census
}): Promise<void> {
  let traces = 0
  let memoryItems = 0
  for (const { dialects } of census.moved) {
    traces += dialects.legacy + dialects.trace
    memoryItems += dialects.current
  }
  await searchIndexes.drop?.({ runId, traces, memoryItems })
}

/** Builds what this run or a killed one owes. What stays owed becomes a warning. */
export async function buildOwedIndexes({
  target,
  runId,
  onProgress,
  signal,
}: {
  target: MigrationTarget
  runId: string
  onProgress?: (progress: IndexBuildProgress) => void
  signal?: AbortSignal | undefined
}): Promise<Warning[]> {
  if (target.searchIndexes.build === null) return warnOfOwedIndexes(target)
  const { left } = await target.searchIndexes.build({ runId, onProgress, signal })
  return warningOf(left.map(({ name, reason }) => `${name}: ${reason}`))
}

/** Says which indexes are owed and builds none. */
export async function warnOfOwedIndexes({ searchIndexes }: MigrationTarget): Promise<Warning[]> {
  const owed = await searchIndexes.listOwed()
  return warningOf(
    owed.map(({ name, problem, runId, droppedAt }) =>
      problem === "dropped"
        ? `${name}: dropped by run ${runId} at ${droppedAt}`
        : `${name}: a build of it broke`,
    ),
  )
}

function warningOf(examples: string[]): Warning[] {
  return examples.length === 0 ? [] : [{ code: "index_owed", count: examples.length, examples }]
}
