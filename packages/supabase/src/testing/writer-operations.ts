import { randomUUID } from "node:crypto"
import type { SqlStatement } from "../sql-client.ts"
import { insertItems, insertTraces } from "./random-operations.ts"
import { aRandomEmbeddedTrace, aRandomItem, aRandomText, aRandomTrace } from "./random-rows.ts"
import type { SeededRandom } from "./seeded-random.ts"

type WriterOperation = (
  random: SeededRandom,
  workspaceIds: readonly [string, ...string[]],
) => SqlStatement[]

const withoutVector = { embedding_status: "missing" }
const anItem = (random: SeededRandom, workspaceId: string) => ({
  ...aRandomItem(random, workspaceId, null),
  ...withoutVector,
})
const aTrace = (random: SeededRandom, workspaceId: string) => ({
  ...aRandomTrace(random, workspaceId),
  ...withoutVector,
})
const free = (table: string, limit: number) =>
  `select t.workspace_id, t.id from public.${table} as t where t.workspace_id = $1
    order by t.updated_at limit ${limit} for update skip locked`

/** Only one at a time in a workspace: what locks many rows in whatever order it finds them. */
const alone = { sql: "select pg_advisory_xact_lock(hashtextextended($1, 1))" }

/**
 * What writers of the same workspaces do at the same time without ever giving Postgres a reason for a deadlock of rows:
 * so each one that happens would be the statistics' own.
 */
export const writerOperations: Record<string, WriterOperation> = {
  insertItems: (random, ids) => [
    insertItems(Array.from({ length: 5 }, () => anItem(random, random.pick(ids)))),
  ],
  insertTraces: (random, ids) => [
    insertTraces(Array.from({ length: 3 }, () => aTrace(random, random.pick(ids)))),
  ],
  addTrace: (random, ids) => {
    const workspaceId = random.pick(ids)
    const memory_items = [0, 1].map(() => aRandomItem(random, workspaceId, null))
    const document = { ...aRandomTrace(random, workspaceId), memory_items }
    return [{ sql: "select public.add_trace($1)", parameters: [JSON.stringify(document)] }]
  },
  insertEverywhereInAnyOrder: (random, ids) =>
    [...ids]
      .sort(() => random.next() - 0.5)
      .flatMap((id) => [insertItems([anItem(random, id)]), insertTraces([aTrace(random, id)])]),
  updateItems: (random, ids) => [
    {
      sql: `with picked as (${free("memory_items", 4)})
        update public.memory_items as m set evolution_stage = n.evolution_stage, domain_category = n.domain_category,
          pattern_tags = n.pattern_tags, error_context = n.error_context, title = n.title
        from picked as p, jsonb_populate_record(null::public.memory_items, $2::jsonb) as n
        where (m.workspace_id, m.id) = (p.workspace_id, p.id)`,
      parameters: [random.pick(ids), JSON.stringify(aRandomText(random))],
    },
  ],
  updateTraces: (random, ids) => [
    {
      sql: `with picked as (${free("reasoning_traces", 3)})
        update public.reasoning_traces as t set outcome = $2
        from picked as p where (t.workspace_id, t.id) = (p.workspace_id, p.id)`,
      parameters: [random.pick(ids), random.pick(["success", "failure", "partial"])],
    },
  ],
  deleteItems: (random, ids) => [
    {
      sql: `with picked as (${free("memory_items", 4)})
        delete from public.memory_items as m using picked as p where (m.workspace_id, m.id) = (p.workspace_id, p.id)`,
      parameters: [random.pick(ids)],
    },
  ],
  deleteTrace: (random, ids) => [
    {
      sql: `with picked as (${free("reasoning_traces", 1)})
        delete from public.reasoning_traces as t using picked as p where (t.workspace_id, t.id) = (p.workspace_id, p.id)`,
      parameters: [random.pick(ids)],
    },
  ],
  deleteOldTraces: (random, ids) => {
    const id = random.pick(ids)
    return [
      { ...alone, parameters: [id] },
      { sql: "select public.delete_old_traces($1, 400, false)", parameters: [id] },
    ]
  },
  rebuild: (random, ids) => [
    { sql: "select public.rebuild_statistics(array[$1])", parameters: [random.pick(ids)] },
  ],
  giveUp: (random, ids) => [
    insertItems([anItem(random, random.pick(ids))]),
    insertTraces([aRandomEmbeddedTrace(random, random.pick(ids))]),
    { sql: "do $$ begin raise exception 'given up' using errcode = 'PT499'; end; $$" },
  ],
  workAtHigherIsolation: (random, ids) => [
    { sql: "set transaction isolation level repeatable read" },
    insertItems([anItem(random, random.pick(ids))]),
    insertTraces([aTrace(random, random.pick(ids))]),
  ],
  makeAndDropWorkspace: (random) => {
    const id = randomUUID()
    return [
      { sql: "insert into public.workspaces (id, name) values ($1, $1)", parameters: [id] },
      insertItems([anItem(random, id), anItem(random, id)]),
      { sql: "delete from public.workspaces where id = $1", parameters: [id] },
    ]
  },
}

/** What locks many rows in any order: two of these may well deadlock, and one of them is told so. */
export const disorderlyOperations: Record<string, WriterOperation> = {
  ...writerOperations,
  updateWholeWorkspace: (random, ids) => [
    {
      sql: "update public.memory_items set evolution_stage = $2::integer where workspace_id = $1",
      parameters: [random.pick(ids), random.below(9)],
    },
  ],
  deleteHalfOfTheTraces: (random, ids) => [
    {
      sql: "delete from public.reasoning_traces where workspace_id = $1 and id::text > $2",
      parameters: [random.pick(ids), random.pick(["4", "8", "c"])],
    },
  ],
  moveItems: (random, ids) => [
    {
      sql: `update public.memory_items set workspace_id = $1, trace_id = null where id::text < $2`,
      parameters: [random.pick(ids), random.pick(["1", "2", "3"])],
    },
  ],
  recreateWorkspace: (random, ids) => {
    const id = random.pick(ids)
    return [
      { sql: "delete from public.workspaces where id = $1", parameters: [id] },
      { sql: "insert into public.workspaces (id, name) values ($1, $1)", parameters: [id] },
    ]
  },
}
