import {
  type RetrievalLatency,
  readRetrievalLatency,
  recordRetrieval,
  type SqlClient,
  searchMemories,
} from "@reasoningbank/supabase"
import { nearestByBruteForce } from "./sample-bank/nearest-by-brute-force.ts"
import type { SampleBank } from "./sample-bank/read-sample-bank.ts"

export type ReplayedSearches = {
  latency: RetrievalLatency[]
  /** Share of the ten truly nearest memory items that the semantic searches found; null when none was run now. */
  recallAt10: number | null
}

const matchCount = 10
/** Every task by meaning, and so many of them by meaning and words as well. */
const hybridSearches = 68

/**
 * Searches for each task of the sample bank with its own vector, as its agent would have done, and records every
 * search with what it cost. Done once: when searches are recorded already they are only read.
 */
export async function replaySearches({
  sql,
  bank,
  signal,
}: {
  sql: SqlClient
  bank: SampleBank
  signal: AbortSignal
}): Promise<ReplayedSearches> {
  const recorded = await readRetrievalLatency({ sql })
  if (recorded.some(({ searches }) => searches > 0)) return { latency: recorded, recallAt10: null }

  const replay = async ({
    search: { workspaceId, text, vector },
    searchKind,
  }: {
    search: SampleBank["taskSearches"][number]
    searchKind: "semantic" | "hybrid"
  }) => {
    signal.throwIfAborted()
    const started = performance.now()
    const found = await searchMemories({
      sql,
      workspaceId,
      vector,
      limit: matchCount,
      ...(searchKind === "hybrid" && { text }),
    })
    const databaseInMs = performance.now() - started
    await recordRetrieval({
      sql,
      retrieval: {
        workspaceId,
        searchKind,
        queryText: text,
        matchCount,
        results: found,
        databaseInMs,
        totalInMs: performance.now() - started,
      },
    })
    return found
  }

  let nearest = 0
  let foundOfNearest = 0
  for (const search of bank.taskSearches) {
    const found = await replay({ search, searchKind: "semantic" })
    const expected = nearestByBruteForce({ bank, search, count: matchCount })
    nearest += expected.length
    foundOfNearest += found.filter(({ id }) => expected.includes(id)).length
  }
  for (const search of bank.taskSearches.slice(0, hybridSearches)) {
    await replay({ search, searchKind: "hybrid" })
  }
  return {
    latency: await readRetrievalLatency({ sql }),
    recallAt10: nearest === 0 ? null : foundOfNearest / nearest,
  }
}
