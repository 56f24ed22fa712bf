import { derivedId, type ExpectedRows } from "./expected-rows.ts"
import { type MemoryRow, type TraceRow, vectorHex } from "./target-rows.ts"

export type Sql = {
  transaction(
    statements: { sql: string; parameters?: (string | null)[] }[],
  ): Promise<Record<string, string | null>[][]>
}

/** Rows of one statement, every value as text. */
export async function query(
  sql: Sql,
  statement: string,
  parameters: (string | null)[] = [],
): Promise<Record<string, string | null>[]> {
  const [rows = []] = await sql.transaction([{ sql: statement, parameters }])
  return rows
}

const linksOf = (kind: string) => `
  coalesce((
    select json_agg(json_build_object(
      'relation', l.relation, 'ordinal', l.ordinal, 'target_kind', l.target_kind,
      'target_id', l.target_id, 'source_reference', l.source_reference
    ) order by l.relation, l.ordinal)
    from public.lineage_links as l
    where (l.workspace_id, l.child_kind, l.child_id) = (r.workspace_id, '${kind}', r.id)
  ), '[]') as links`
const time = `to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at`

const tracesSql = `
  select row_to_json(t)::text as row from (
    select r.workspace_id, r.id, r.source_id, r.task, r.task_embedding::text as vector,
      r.embedding_status, r.embedding_model, r.trajectory, r.outcome, r.metadata, ${time},
      r.source_created_at, r.extras, r.notes, ${linksOf("trace")}
    from public.reasoning_traces as r
  ) as t`
const memoryItemsSql = `
  select row_to_json(t)::text as row from (
    select r.workspace_id, r.id, r.source_id, r.trace_id, r.ordinal, r.title, r.description,
      r.content, r.content_embedding::text as vector, r.embedding_status, r.embedding_model,
      r.error_context, r.pattern_tags, r.difficulty_level, r.domain_category, r.evolution_stage,
      ${time}, r.source_created_at, r.extras, r.notes, ${linksOf("memory_item")}
    from public.memory_items as r
  ) as t`

/** Every row of the target, sorted; it uses nothing of the readers that a migration has. */
export async function readTargetRows(sql: Sql): Promise<ExpectedRows> {
  const read = async <Row extends { vector: string | null }>(statement: string): Promise<Row[]> => {
    const rows = await query(sql, statement)
    return rows.map(({ row }) => withVectorBytes(JSON.parse(row ?? "null")))
  }
  const traces = await read<TraceRow>(tracesSql)
  const memoryItems = await read<MemoryRow>(memoryItemsSql)
  return sorted({ traces, memoryItems })
}

/** UUIDs of version 5 are those the migration made up; they become `derivedId`, to be compared with what was expected. */
export function withoutDerivedIds({ traces, memoryItems }: ExpectedRows): ExpectedRows {
  const hide = <Row extends { id: string }>(row: Row): Row =>
    row.id[14] === "5" ? { ...row, id: derivedId } : row
  return sorted({ traces: traces.map(hide), memoryItems: memoryItems.map(hide) })
}

export function sorted({ traces, memoryItems }: ExpectedRows): ExpectedRows {
  const traceKey = ({ workspace_id, id }: TraceRow) => `${workspace_id} ${id}`
  const memoryKey = ({ workspace_id, trace_id, ordinal, id }: MemoryRow) =>
    `${workspace_id} ${trace_id} ${String(ordinal).padStart(4, "0")} ${id}`
  return {
    traces: traces.toSorted((a, b) => (traceKey(a) < traceKey(b) ? -1 : 1)),
    memoryItems: memoryItems.toSorted((a, b) => (memoryKey(a) < memoryKey(b) ? -1 : 1)),
  }
}

function withVectorBytes<Row extends { vector: string | null }>(row: Row): Row {
  if (row.vector === null) return row
  const values = row.vector.slice(1, -1).split(",").map(Number)
  return { ...row, vector: vectorHex(Float32Array.from(values)) }
}
