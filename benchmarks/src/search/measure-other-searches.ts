import { measure, ms } from "../measuring/milliseconds.ts"
import { printTable } from "../measuring/print-table.ts"
import type { SearchCaller } from "./create-callers.ts"
import { vectorText } from "./load-search-rows.ts"

const texts = [
  { kind: "a common word", text: "data" },
  { kind: "two words", text: "retry timeout" },
  { kind: "a rare word", text: "idempotency" },
  { kind: "a typo", text: "idempotancy" },
  { kind: "a question", text: "how to keep a slow query from blocking checkout" },
]

/** Latency of the searches that have no naive peer: traces, similar items, words, and words with meaning. */
export async function measureOtherSearches({
  callers,
  queries,
}: {
  callers: SearchCaller[]
  queries: Float32Array[]
}) {
  for (const caller of callers) {
    const { session, workspaceFilter, allWorkspaces } = caller
    const scope = [workspaceFilter, allWorkspaces]
    const run = (statement: string, parameters: (string | string[] | boolean | null)[]) =>
      session.unsafe(statement, parameters, { prepare: true })
    const rows: string[][] = []
    const add = async (name: string, call: (run: number) => Promise<unknown>) => {
      const { p50, p95 } = await measure({ runs: 60, call })
      rows.push([name, ms(p50), ms(p95)])
    }
    const vector = (place: number) =>
      vectorText(queries[place % queries.length] ?? new Float32Array())
    await add("search_similar_memories", (place) =>
      run(
        `select * from public.search_similar_memories($1::extensions.vector, workspace_filter => $2, all_workspaces => $3)`,
        [vector(place), ...scope],
      ),
    )
    await add("  by score", (place) =>
      run(
        `select * from public.search_similar_memories(
          $1::extensions.vector, workspace_filter => $2, all_workspaces => $3, rank_by => 'score')`,
        [vector(place), ...scope],
      ),
    )
    await add("search_similar_traces", (place) =>
      run(
        `select * from public.search_similar_traces($1::extensions.vector, workspace_filter => $2, all_workspaces => $3)`,
        [vector(place), ...scope],
      ),
    )
    for (const { kind, text } of texts) {
      await add(`search_memories_by_keyword: ${kind}`, () =>
        run(
          `select * from public.search_memories_by_keyword($1, workspace_filter => $2, all_workspaces => $3)`,
          [text, ...scope],
        ),
      )
    }
    for (const { kind, text } of texts) {
      await add(`search_memories: ${kind}`, (place) =>
        run(
          `select * from public.search_memories($1, $2::extensions.vector, workspace_filter => $3, all_workspaces => $4)`,
          [text, vector(place), ...scope],
        ),
      )
    }
    printTable({
      title: `${caller.name}: every search (ms)`,
      columns: ["call", "p50", "p95"],
      rows,
    })
  }
}
