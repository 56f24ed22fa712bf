import type { SearchCaller } from "./create-callers.ts"
import { vectorText } from "./load-search-rows.ts"
import type { SearchFilter } from "./search-filters.ts"

export const matchCount = 10

export type Search = (query: Float32Array) => Promise<string[]>

/** `search_similar_memories` as a client calls it: named arguments, every column read. */
export function createSearch({
  caller,
  filter,
}: {
  caller: SearchCaller
  filter: SearchFilter
}): Search {
  return async (query) => {
    const rows = await caller.session.unsafe<{ id: string }[]>(
      `select * from public.search_similar_memories(
        query_embedding => $1::extensions.vector, match_count => ${matchCount}, workspace_filter => $2,
        domain_filter => $3, tag_filter => $4, difficulty_filter => $5, include_errors => $6, created_from => $7,
        all_workspaces => $8)`,
      [
        vectorText(query),
        caller.workspaceFilter,
        filter.domains ?? null,
        filter.tags ?? null,
        filter.difficulties ?? null,
        filter.excludesErrors !== true,
        filter.createdFrom ?? null,
        caller.allWorkspaces,
      ],
      { prepare: true },
    )
    return rows.map(({ id }) => id)
  }
}

/** What one writes without knowing better: order by distance, limit 10, row level security and the planner do the rest. */
export function createNaiveSearch({
  caller,
  filter,
}: {
  caller: SearchCaller
  filter: SearchFilter
}): Search {
  const conditions = ["m.embedding_model = 'all-MiniLM-L6-v2'"]
  const values: (string[] | Date)[] = []
  const add = (value: string[] | Date | null | undefined, condition: (name: string) => string) => {
    if (value === undefined || value === null) return
    values.push(value)
    conditions.push(condition(`$${values.length + 1}`))
  }
  add(caller.workspaceFilter, (name) => `m.workspace_id = any (${name}::text[])`)
  add(filter.domains, (name) => `m.domain_category = any (${name}::text[])`)
  add(filter.tags, (name) => `m.pattern_tags && ${name}::text[]`)
  add(filter.difficulties, (name) => `m.difficulty_level = any (${name}::text[])`)
  add(filter.createdFrom, (name) => `m.created_at >= ${name}::timestamptz`)
  if (filter.excludesErrors) conditions.push("m.error_context is null")
  const statement = `
    select m.id, m.workspace_id, m.title, m.description, m.content, m.pattern_tags, m.created_at
    from public.memory_items as m
    where ${conditions.join(" and ")}
    order by m.content_embedding operator(extensions.<=>) $1::extensions.vector
    limit ${matchCount}`
  return async (query) => {
    const parameters = [vectorText(query), ...values]
    const rows = await caller.session.unsafe<{ id: string }[]>(statement, parameters, {
      prepare: true,
    })
    return rows.map(({ id }) => id)
  }
}
