import type { SqlStatement } from "../sql-client.ts"
import {
  aRandomEmbeddedItem,
  aRandomEmbeddedTrace,
  aRandomItem,
  aRandomText,
  aRandomTrace,
  aRandomVector,
} from "./random-rows.ts"
import type { SeededRandom } from "./seeded-random.ts"

const TRACE_COLUMNS =
  "workspace_id, id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata, created_at, extras"
const ITEM_COLUMNS =
  "workspace_id, id, trace_id, title, description, content, content_embedding, embedding_status, embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at, extras"

export function insertTraces(rows: object[], onConflict = ""): SqlStatement {
  return {
    sql: `insert into public.reasoning_traces (${TRACE_COLUMNS}) select ${TRACE_COLUMNS}
      from jsonb_populate_recordset(null::public.reasoning_traces, $1::jsonb) ${onConflict}`,
    parameters: [JSON.stringify(rows)],
  }
}

export function insertItems(rows: object[], onConflict = ""): SqlStatement {
  return {
    sql: `insert into public.memory_items (${ITEM_COLUMNS}) select ${ITEM_COLUMNS}
      from jsonb_populate_recordset(null::public.memory_items, $1::jsonb) ${onConflict}`,
    parameters: [JSON.stringify(rows)],
  }
}

type Operation = (
  random: SeededRandom,
  workspaceIds: readonly [string, ...string[]],
) => SqlStatement[]

const some = (random: SeededRandom, table: string) =>
  `(select t.ctid from public.${table} as t order by md5(t.id::text || '${random.below(1e9)}') limit ${1 + random.below(6)})`

/** Every way in which rows come, change and go, each a transaction; some are rolled back. */
export const randomOperations: Record<string, Operation> = {
  insertTraces: (random, ids) => [
    insertTraces(
      Array.from({ length: 1 + random.below(4) }, () =>
        aRandomEmbeddedTrace(random, random.pick(ids)),
      ),
    ),
  ],
  insertTraceWithItems: (random, ids) => {
    const trace = aRandomEmbeddedTrace(random, random.pick(ids))
    const items = Array.from({ length: random.below(5) }, () =>
      aRandomEmbeddedItem(random, trace.workspace_id, trace.id),
    )
    return [insertTraces([trace]), insertItems(items)]
  },
  insertOrphans: (random, ids) => [
    insertItems(
      Array.from({ length: 1 + random.below(6) }, () =>
        aRandomEmbeddedItem(random, random.pick(ids), null),
      ),
    ),
  ],
  upsertItems: (random, ids) => {
    const row = aRandomEmbeddedItem(random, random.pick(ids), null)
    const conflict = `on conflict (workspace_id, id) do update set evolution_stage = excluded.evolution_stage + 1,
      domain_category = 'merged'`
    return [insertItems([row], conflict), insertItems([{ ...row, evolution_stage: 7 }], conflict)]
  },
  insertIgnored: (random, ids) => {
    const row = aRandomEmbeddedTrace(random, random.pick(ids))
    return [
      insertTraces([row], "on conflict do nothing"),
      insertTraces([row], "on conflict do nothing"),
    ]
  },
  mergeItems: (random) => [
    {
      sql: `merge into public.memory_items as t
        using (select workspace_id, id from public.memory_items order by id limit 4) as s
        on (t.workspace_id, t.id) = (s.workspace_id, s.id)
        when matched and t.evolution_stage > ${random.below(3)} then delete
        when matched then update set pattern_tags = array['merged', 'merged']`,
    },
  ],
  editItems: (random) => [
    {
      sql: `update public.memory_items as m set title = n.title, description = n.description, content = n.content,
          error_context = n.error_context, pattern_tags = n.pattern_tags, difficulty_level = n.difficulty_level,
          domain_category = n.domain_category, evolution_stage = n.evolution_stage
        from jsonb_populate_record(null::public.memory_items, $1::jsonb) as n where m.ctid = any (array${some(random, "memory_items")})`,
      parameters: [JSON.stringify(aRandomText(random))],
    },
  ],
  reembedItems: (random) => [
    {
      sql: `update public.memory_items as m set content_embedding = n.content_embedding,
          embedding_model = n.embedding_model, embedding_status = n.embedding_status, error_context = 'null'
        from jsonb_populate_record(null::public.memory_items, $1::jsonb) as n where m.ctid = any (array${some(random, "memory_items")})`,
      parameters: [JSON.stringify(aRandomVector(random, "content_embedding"))],
    },
  ],
  setSourceVectors: (random) => [
    {
      sql: `update public.memory_items as m set source_embedding = '\\x00000000', created_at = now() at time zone 'Pacific/Auckland'
        where m.ctid = any (array${some(random, "memory_items")})`,
    },
  ],
  orphanItems: (random) => [
    {
      sql: `update public.memory_items as m set trace_id = null where m.ctid = any (array${some(random, "memory_items")})`,
    },
  ],
  moveItems: (random, ids) => [
    {
      sql: `update public.memory_items as m set workspace_id = $1, trace_id = null where m.ctid = any (array${some(random, "memory_items")})`,
      parameters: [random.pick(ids)],
    },
  ],
  editTraces: (random, ids) => [
    {
      sql: `update public.reasoning_traces as r set outcome = n.outcome, metadata = n.metadata, created_at = n.created_at,
          task_embedding = n.task_embedding, embedding_model = n.embedding_model, embedding_status = n.embedding_status
        from jsonb_populate_record(null::public.reasoning_traces, $1::jsonb) as n where r.ctid = any (array${some(random, "reasoning_traces")})`,
      parameters: [JSON.stringify(aRandomEmbeddedTrace(random, random.pick(ids)))],
    },
  ],
  deleteItems: (random) => [
    {
      sql: `delete from public.memory_items as m where m.ctid = any (array${some(random, "memory_items")})`,
    },
  ],
  deleteTraces: (random) => [
    {
      sql: `delete from public.reasoning_traces as r where r.ctid = any (array${some(random, "reasoning_traces")})`,
    },
  ],
  changeNothing: () => [
    { sql: "update public.memory_items set title = title where false" },
    { sql: "delete from public.reasoning_traces where false" },
  ],
  recreateWorkspace: (random, ids) => {
    const id = random.pick(ids)
    return [
      { sql: "delete from public.workspaces where id = $1", parameters: [id] },
      { sql: "insert into public.workspaces (id, name) values ($1, 'Again')", parameters: [id] },
      insertItems([aRandomEmbeddedItem(random, id, null)]),
    ]
  },
  failAtTheEnd: (random, ids) => [
    insertItems([aRandomEmbeddedItem(random, random.pick(ids), null)]),
    { sql: "delete from public.reasoning_traces" },
    { sql: "select 1 / 0" },
  ],
  isolateMore: (random, ids) => [
    { sql: `set transaction isolation level ${random.pick(["repeatable read", "serializable"])}` },
    insertTraces([aRandomEmbeddedTrace(random, random.pick(ids))]),
    {
      sql: `delete from public.memory_items as m where m.ctid = any (array${some(random, "memory_items")})`,
    },
  ],
  archiveOld: (random, ids) => [
    {
      sql: "select public.delete_old_traces($1, $2::integer, false, $3::boolean)",
      parameters: [random.pick(ids), 1 + random.below(800), random.below(2) === 0],
    },
  ],
  restoreArchived: () => [
    {
      sql: `select public.restore_archived_trace(a.workspace_id, a.id) from public.archived_traces as a
        where not exists (select from public.reasoning_traces as t where (t.workspace_id, t.id) = (a.workspace_id, a.id))
          and not exists (
            select from public.memory_items as m, jsonb_array_elements(a.memory_items) as i
            where m.workspace_id = a.workspace_id and m.id = (i ->> 'id')::uuid
          )
        order by a.id limit 1`,
    },
  ],
  addTraces: (random, ids) => {
    const workspaceId = random.pick(ids)
    const memory_items = Array.from({ length: random.below(4) }, () =>
      aRandomItem(random, workspaceId, null),
    )
    const document = { ...aRandomTrace(random, workspaceId), memory_items }
    const parameters = [JSON.stringify(document)]
    return [
      { sql: "select public.add_trace($1)", parameters },
      { sql: "select public.add_trace($1)", parameters },
    ]
  },
  truncateItems: (random) =>
    random.below(2) === 0 ? [{ sql: "truncate public.memory_items" }] : [],
  truncateAll: (random, ids) =>
    random.below(4) === 0
      ? [
          insertItems([aRandomEmbeddedItem(random, random.pick(ids), null)]),
          { sql: "truncate public.reasoning_traces cascade" },
          insertItems([aRandomEmbeddedItem(random, random.pick(ids), null)]),
        ]
      : [],
  truncateWorkspaces: (random, ids) =>
    random.below(4) === 0
      ? [
          insertItems([aRandomEmbeddedItem(random, random.pick(ids), null)]),
          { sql: "truncate public.workspaces cascade" },
          ...ids.map((id) => ({
            sql: "insert into public.workspaces (id, name) values ($1, 'Again')",
            parameters: [id],
          })),
          insertItems([aRandomEmbeddedItem(random, random.pick(ids), null)]),
        ]
      : [],
  bulkLoadWithoutTriggers: (random, ids) => [
    { sql: "set local session_replication_role = replica" },
    insertItems(
      Array.from({ length: 5 }, () => aRandomEmbeddedItem(random, random.pick(ids), null)),
    ),
    { sql: "set local session_replication_role = origin" },
    { sql: "select public.rebuild_statistics()" },
  ],
}
