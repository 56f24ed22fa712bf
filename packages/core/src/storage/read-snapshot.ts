import { buildGenealogy, type Genealogy } from "./genealogy.ts"
import { matchKeywords, parseKeywordQuery } from "./keyword-query.ts"
import {
  matchesMemoryFilter,
  matchesTraceFilter,
  type ParsedMemoryFilter,
  type ParsedTraceFilter,
} from "./memory-filter.ts"
import { takePage } from "./page-cursor.ts"
import { byValueThenId } from "./rank-memories.ts"
import type { KeywordQuery, PageQuery } from "./storage-driver.ts"
import type { StoredMemoryItem, TraceSummary } from "./stored-rows.ts"
import { countWorkspace, type WorkspaceCounts } from "./workspace-statistics.ts"

/** All rows of one workspace, without vectors. */
export type WorkspaceSnapshot = { traces: TraceSummary[]; memories: StoredMemoryItem[] }

/** What can be told from the rows alone, for stores that can not be asked for more than rows. */
export type SnapshotReader = {
  memories(filter: ParsedMemoryFilter): StoredMemoryItem[]
  traces(filter: ParsedTraceFilter): TraceSummary[]
  matchKeywords(query: Omit<KeywordQuery, "workspaceId">): StoredMemoryItem[]
  listMemories(query: Omit<PageQuery<ParsedMemoryFilter>, "workspaceId">): StoredMemoryItem[]
  listTraces(query: Omit<PageQuery<ParsedTraceFilter>, "workspaceId">): TraceSummary[]
  count(): WorkspaceCounts
  genealogy(id: string): Genealogy | null
  /** Traces from before a time and the number of their items. */
  tracesBefore(cutoff: string): { traces: TraceSummary[]; memories: number }
}

export function readSnapshot({ traces, memories }: WorkspaceSnapshot): SnapshotReader {
  const byTrace = Map.groupBy(memories, ({ traceId }) => traceId)
  const byId = new Map(memories.map((memory) => [memory.id, memory]))
  const itemsOf = ({ id }: { id: string }) => byTrace.get(id) ?? []

  const filteredMemories = (filter: ParsedMemoryFilter) =>
    memories.filter((memory) => matchesMemoryFilter({ memory, filter }))
  const filteredTraces = (filter: ParsedTraceFilter) =>
    traces.filter((trace) => matchesTraceFilter({ trace, memories: itemsOf(trace), filter }))

  return {
    memories: filteredMemories,
    traces: filteredTraces,
    matchKeywords({ text, count, filter }) {
      const query = parseKeywordQuery(text)
      const matches = filteredMemories(filter).flatMap((memory) => {
        const match = matchKeywords({ memory, query })
        return match === null ? [] : [{ memory, match }]
      })
      const order = byValueThenId<(typeof matches)[number]>({
        value: ({ match }) => match,
        id: ({ memory }) => memory.id,
        kind: "memory_item",
      })
      return matches
        .sort(order)
        .slice(0, count)
        .map(({ memory }) => memory)
    },
    listMemories: ({ filter, ...page }) =>
      takePage({ kind: "memory_item", rows: filteredMemories(filter), ...page }),
    listTraces: ({ filter, ...page }) =>
      takePage({ kind: "trace", rows: filteredTraces(filter), ...page }),
    count: () => countWorkspace({ traces, memories }),
    genealogy(id) {
      const memory = byId.get(id)
      if (memory === undefined) return null
      const childrenOf = (parent: string) =>
        memories.filter(
          ({ parentMemoryId, derivedFrom }) =>
            parentMemoryId === parent || derivedFrom.includes(parent),
        )
      return buildGenealogy({ memory, find: (other) => byId.get(other), childrenOf })
    },
    tracesBefore(cutoff) {
      const old = traces.filter(({ createdAt }) => createdAt !== null && createdAt < cutoff)
      return { traces: old, memories: old.reduce((sum, trace) => sum + itemsOf(trace).length, 0) }
    },
  }
}
