import type postgres from "postgres"

export const rowCount = 500_000
const rowsPerTrace = 3

/** Which workspace the row n belongs to: half of them, 5 %, 0.5 %, and a hundred small ones. */
const workspaceOf = `case
  when n % 200 < 100 then 'half' when n % 200 < 110 then 'twentieth' when n % 200 < 111 then 'two-hundredth'
  else 'small ' || n % 100 end`

/** 500,000 memory items and their traces, without vectors, written with the triggers off. */
export async function loadStatisticsRows(sql: postgres.Sql) {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where indrelid in ('public.memory_items'::regclass, 'public.reasoning_traces'::regclass)
      and not indisunique`
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  await sql.begin(async (transaction) => {
    await transaction.unsafe(`
      set local session_replication_role = replica;
      insert into public.workspaces (id, name)
      select distinct ${workspaceOf}, ${workspaceOf} from generate_series(0, 9999) as n;
      insert into public.reasoning_traces (workspace_id, id, task, outcome, created_at)
      select ${workspaceOf}, ${idOf("n")}, 'Make step ' || n || ' safe to repeat',
        (array['success', 'success', 'failure', 'partial'])[1 + n % 4], ${timeOf("n")}
      from generate_series(0, ${Math.floor(rowCount / rowsPerTrace)}) as n;
      ${insertItems({ from: 0, to: rowCount - 1 })}`)
  })
  for (const { definition } of indexes) await sql.unsafe(definition)
  await sql`vacuum analyze`
}

/** Inserts items n of a range, each of its own workspace or all of the given one. */
export function insertItems({
  from,
  to,
  workspaceId,
}: {
  from: number
  to: number
  workspaceId?: string
}) {
  return `
    insert into public.memory_items (
      workspace_id, id, title, description, content, error_context, pattern_tags, difficulty_level, domain_category,
      evolution_stage, created_at
    )
    select ${workspaceId === undefined ? workspaceOf : `'${workspaceId}'`}, ${idOf("n")}, 'Lesson ' || n,
      'What attempt ' || n || ' taught', 'Cut the work into steps and keep the result of each',
      case when n % 3 = 0 then '{"error_type": "timeout"}'::jsonb end,
      array['tag ' || n % 200, 'tag ' || n / 7 % 200, 'tag ' || n / 11 % 50],
      (array['simple', 'moderate', 'complex', 'expert'])[1 + n / 5 % 4], 'domain ' || n / 3 % 25, n / 2 % 5,
      ${timeOf("n")}
    from generate_series(${from}, ${to}) as n;`
}

function idOf(number: string) {
  return `('00000000-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
}

function timeOf(number: string) {
  return `timestamptz '2026-01-01' + (${number}::bigint * 7919 % 31536000) * interval '1 second'`
}
