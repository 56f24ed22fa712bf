import { once } from "node:events"
import { finished } from "node:stream/promises"
import { embeddingModel } from "@reasoningbank/core"
import type postgres from "postgres"
import type { SearchRow } from "./make-search-rows.ts"

/** Copies the rows with a trace for every three; approximate and text indexes are built afterwards. */
export async function loadSearchRows({ sql, rows }: { sql: postgres.Sql; rows: SearchRow[] }) {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where indrelid in ('public.memory_items'::regclass, 'public.reasoning_traces'::regclass)
      and not indisunique`
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  const workspaceIds = [...new Set(rows.map(({ workspaceId }) => workspaceId))]
  await sql`insert into public.workspaces (id, name) select id, id from unnest(${workspaceIds}::text[]) as id`

  const traces = new Map(rows.map((row) => [row.traceId, row]))
  await copy({
    sql,
    into: "public.reasoning_traces (workspace_id, id, task, task_embedding, embedding_status, embedding_model, outcome, created_at)",
    lines: traces
      .entries()
      .map(([id, row], place) => [
        row.workspaceId,
        id,
        row.description,
        vectorText(row.vector),
        "present",
        embeddingModel,
        ["success", "success", "failure", "partial"][place % 4] ?? "success",
        row.createdAt.toISOString(),
      ]),
  })
  await copy({
    sql,
    into: `public.memory_items (workspace_id, id, trace_id, title, description, content, content_embedding, embedding_status,
      embedding_model, error_context, pattern_tags, difficulty_level, domain_category, created_at)`,
    lines: rows
      .values()
      .map((row) => [
        row.workspaceId,
        row.id,
        row.traceId,
        row.title,
        row.description,
        row.content,
        vectorText(row.vector),
        "present",
        embeddingModel,
        row.hasError ? '{"error_type": "regression"}' : null,
        `{${row.tags.map((tag) => `"${tag}"`).join(",")}}`,
        row.difficulty,
        row.domain,
        row.createdAt.toISOString(),
      ]),
  })
  for (const { definition } of indexes) await sql.unsafe(definition)
  await sql`vacuum analyze`
}

/** A vector as pgvector reads it. */
export function vectorText(vector: Float32Array) {
  return `[${Array.from(vector, (value) => Math.round(value * 1e6) / 1e6).join(",")}]`
}

async function copy({
  sql,
  into,
  lines,
}: {
  sql: postgres.Sql
  into: string
  lines: Iterable<readonly (string | null)[]>
}) {
  const stream = await sql.unsafe(`copy ${into} from stdin`).writable()
  for (const line of lines) {
    if (!stream.write(`${line.map(copyText).join("\t")}\n`)) await once(stream, "drain")
  }
  stream.end()
  await finished(stream)
}

function copyText(value: string | null) {
  return value === null
    ? "\\N"
    : value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t")
}
