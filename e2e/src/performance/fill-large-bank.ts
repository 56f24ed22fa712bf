import type postgres from "postgres"

export type LargeBankSize = { workspaces: number; memories: number }

const memoriesPerTrace = 3
const searchesPerWorkspace = 5_000
const resultsPerSearch = 5

const tables = ["reasoning_traces", "memory_items", "retrieval_events", "retrieval_results"]

/**
 * Multiplies the migrated sample bank within the database: workspaces `large-0` and on, whose traces, memory items and
 * searches mix texts and real vectors of the sample. Triggers are off meanwhile and the counts rebuilt afterwards; indexes
 * are dropped and built anew. All of it or nothing.
 */
export async function fillLargeBank({
  sql,
  size: { workspaces, memories },
  log,
}: {
  sql: postgres.Sql
  size: LargeBankSize
  log: (message: string) => void
}): Promise<void> {
  await sql.begin(async (transaction) => {
    const indexes = await transaction<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index
      where indrelid = any (${tables.map((table) => `public.${table}`)}::regclass[]) and not indisunique`
    for (const { name } of indexes) await transaction.unsafe(`drop index ${name}`)
    log(`Writing ${memories} memory items …`)
    await transaction`set local session_replication_role = replica`
    await transaction`set local work_mem = '256MB'`
    await transaction`set local maintenance_work_mem = '2GB'`
    await transaction.unsafe(makeSamples)
    await transaction`
      insert into public.workspaces (id, name)
      select 'large-' || n, 'Large bank ' || n + 1 from generate_series(0, ${workspaces - 1}::int) as n`
    await transaction.unsafe(insertTraces({ workspaces, memories }))
    await transaction.unsafe(insertMemories({ workspaces, memories }))
    await transaction.unsafe(insertSearches({ workspaces, memories }))
    for (const { name, definition } of indexes) {
      log(`Building ${name} …`)
      await transaction.unsafe(definition)
    }
  })
  log("Counting …")
  await sql`select public.rebuild_statistics()`
  await sql`vacuum analyze`
}

const idOf = (kind: number, number: string) =>
  `('00000000-0000-4000-8000-${kind}' || lpad(to_hex(${number}), 11, '0'))::uuid`

const timeOf = (number: string) =>
  `now() - (${number}::bigint * 7919 % 31536000) * interval '1 second'`

/** The rows that are mixed, each with a place, and noise so that no two vectors are the same. */
const makeSamples = `
  create temporary table sample_items on commit drop as
    select (row_number() over (order by id) - 1)::int as place, m.* from public.memory_items as m
    where content_embedding is not null;
  create temporary table sample_traces on commit drop as
    select (row_number() over (order by id) - 1)::int as place, t.* from public.reasoning_traces as t;
  create temporary table noise on commit drop as
    select n as place, (
      select array_agg(r.value)::real[]::extensions.vector(384)
      from (select (random() + random() + random() - 1.5 + 0 * n) * 0.06 as value from generate_series(1, 384)) as r
    ) as vector
    from generate_series(0, 1999) as n;
  analyze sample_items; analyze sample_traces; analyze noise;`

function insertTraces({ workspaces, memories }: LargeBankSize): string {
  return `
    insert into public.reasoning_traces (
      workspace_id, id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata, created_at
    )
    select 'large-' || n % ${workspaces}, ${idOf(1, "n")}, t.task || ' (' || n || ')', t.task_embedding, t.embedding_status,
      t.embedding_model, t.trajectory, (array['success', 'success', 'success', 'failure', 'partial'])[1 + n / 7 % 5],
      t.metadata, ${timeOf("n")}
    from generate_series(0, ${Math.ceil(memories / memoriesPerTrace) - 1}) as n
    join sample_traces as t on t.place = n % (select count(*) from sample_traces);`
}

function insertMemories({ workspaces, memories }: LargeBankSize): string {
  const trace = `(n / ${memoriesPerTrace})`
  return `
    insert into public.memory_items (
      workspace_id, id, trace_id, ordinal, title, description, content, content_embedding, embedding_status, embedding_model,
      error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at
    )
    select 'large-' || ${trace} % ${workspaces}, ${idOf(2, "n")}, ${idOf(1, trace)}, n % ${memoriesPerTrace},
      one.title, other.description, one.content || ' ' || other.title || '.',
      extensions.l2_normalize(
        one.content_embedding operator(extensions.+) one.content_embedding operator(extensions.+) other.content_embedding
        operator(extensions.+) noise.vector
      ),
      'present', one.embedding_model, case when n % 4 = 0 then one.error_context end, one.pattern_tags,
      one.difficulty_level, one.domain_category, n / 5 % 4, ${timeOf(trace)}
    from generate_series(0, ${memories - 1}) as n
    join sample_items as one on one.place = n % (select count(*) from sample_items)
    join sample_items as other on other.place = n / 11 % (select count(*) from sample_items)
    join noise on noise.place = n / 13 % 2000;`
}

function insertSearches({ workspaces, memories }: LargeBankSize): string {
  const searches = workspaces * searchesPerWorkspace - 1
  return `
    insert into public.retrieval_events (
      workspace_id, id, occurred_at, backend, search_kind, match_count, result_count, embedding_ms, database_ms, total_ms
    )
    select 'large-' || n % ${workspaces}, ${idOf(3, "n")}, now() - (n::bigint * 7919 % 8640000) * interval '1 second',
      'supabase', (array['semantic', 'hybrid', 'keyword'])[1 + n % 3], ${resultsPerSearch}, ${resultsPerSearch},
      4 + n % 7, 6 + n % 11, 12 + n % 17
    from generate_series(0, ${searches}) as n;
    insert into public.retrieval_results (workspace_id, event_id, rank, result_id, score)
    select 'large-' || n % ${workspaces}, ${idOf(3, "n")}, rank,
      ${idOf(2, `(n::bigint * ${memoriesPerTrace} + rank * ${memoriesPerTrace * workspaces}) % ${memories}`)}, 0.8
    from generate_series(0, ${searches}) as n cross join generate_series(1, ${resultsPerSearch}) as rank;`
}
