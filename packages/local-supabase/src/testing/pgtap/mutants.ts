import { functionEdits } from "./function-edits.ts"
import type { PgtapSession } from "./pgtap-session.ts"

/** One change of the schema that makes it weaker, or stronger than it says; some test has to notice. */
export type Mutant = {
  kind: string
  name: string
  sql: string
}

const ofOurs = "n.nspname in ('public', 'private')"
const notOfAnExtension =
  "not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')"

/** Each kind with a query for the name and the SQL of its mutants, made from the catalog. */
const queries: Record<string, string> = {
  "policy dropped": `
    select policyname, format('drop policy %I on %I.%I', policyname, schemaname, tablename)
    from pg_policies where schemaname in ('public', 'private')`,
  "policy lets all rows through": `
    select policyname, format('alter policy %I on %I.%I using (true)', policyname, schemaname, tablename)
    from pg_policies where schemaname in ('public', 'private') and qual is not null`,
  "policy lets all new rows through": `
    select policyname, format('alter policy %I on %I.%I with check (true)', policyname, schemaname, tablename)
    from pg_policies where schemaname in ('public', 'private') and with_check is not null`,
  "policy lets everything through": `
    select policyname, format('alter policy %I on %I.%I using (true) with check (true)', policyname, schemaname, tablename)
    from pg_policies where schemaname in ('public', 'private') and qual is not null and with_check is not null`,
  "policy for visitors too": `
    select policyname, format('alter policy %I on %I.%I to authenticated, anon', policyname, schemaname, tablename)
    from pg_policies where schemaname in ('public', 'private')`,
  "row level security off": `
    select c.relname, format('alter table %I.%I disable row level security', n.nspname, c.relname)
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where ${ofOurs} and c.relkind in ('r', 'p')`,
  "view with its owner's rights": `
    select c.relname, format('alter view %I.%I set (security_invoker = false)', n.nspname, c.relname)
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where ${ofOurs} and c.relkind = 'v'`,
  "table granted": `
    select concat_ws(' ', c.relname, a.privilege, a.role), format('grant %s on %I.%I to %I', a.privilege, n.nspname, c.relname, a.role)
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    cross join (
      values ('select', 'anon'), ('insert', 'authenticated'), ('update', 'authenticated'), ('delete', 'authenticated')
    ) as a (privilege, role)
    where ${ofOurs} and c.relkind in ('r', 'p', 'v') and not has_table_privilege(a.role, c.oid, a.privilege)`,
  "table revoked": `
    select concat_ws(' ', c.relname, a.privilege, r.role), format('revoke %s on %I.%I from %I', a.privilege, n.nspname, c.relname, r.role)
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    cross join unnest(array['select', 'insert', 'update', 'delete']) as a (privilege)
    cross join unnest(array['authenticated', 'service_role']) as r (role)
    where ${ofOurs} and c.relkind in ('r', 'p', 'v') and has_any_column_privilege(r.role, c.oid, a.privilege)
      and a.privilege <> 'delete'`,
  "function granted to visitors": `
    select p.proname, format('grant execute on function %s to anon', p.oid::regprocedure)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and ${notOfAnExtension}`,
  "function granted to users": `
    select p.proname, format('grant execute on function %s to authenticated', p.oid::regprocedure)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and ${notOfAnExtension} and not has_function_privilege('authenticated', p.oid, 'execute')`,
  "function with its owner's rights": `
    select p.proname, format('alter function %s security definer', p.oid::regprocedure)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and ${notOfAnExtension} and not p.prosecdef`,
  "function on the caller's search path": `
    select p.proname, format('alter function %s reset search_path', p.oid::regprocedure)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and ${notOfAnExtension}`,
  "function asks for no role": `
    select p.proname, regexp_replace(pg_get_functiondef(p.oid), 'perform private\\.require_role\\([^;]*;', 'null;')
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and p.prosrc ~ 'perform private\\.require_role\\('`,
  "function asks for a lower role": `
    select p.proname, regexp_replace(
      pg_get_functiondef(p.oid), '(perform private\\.require_role\\([^;]*)''(owner|editor)''', '\\1''viewer'''
    )
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where ${ofOurs} and p.prosrc ~ 'perform private\\.require_role\\([^;]*''(owner|editor)'''`,
  "trigger does nothing": `
    select t.tgname, format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname)
    from pg_trigger as t join pg_class as c on c.oid = t.tgrelid join pg_namespace as n on n.oid = c.relnamespace
    where ${ofOurs} and not t.tgisinternal`,
}

export async function listMutants(session: PgtapSession): Promise<Mutant[]> {
  const mutants: Mutant[] = []
  for (const [kind, query] of Object.entries(queries)) {
    const rows = await readJson<{ name: string; sql: string }>({ session, query })
    mutants.push(...rows.map(({ name, sql }) => ({ kind, name, sql })))
  }
  for (const { name, from, to } of functionEdits) {
    const [definition] = await readJson<{ name: string; sql: string }>({
      session,
      query: `select proname, pg_get_functiondef(oid) from pg_proc where oid = 'private.${name}'::regproc`,
    })
    if (!definition?.sql.includes(from)) throw new Error(`private.${name} does not hold: ${from}`)
    const sql = definition.sql.replace(from, () => to)
    mutants.push({ kind: "function edited", name: `${name}: ${from.trim()}`, sql })
  }
  return mutants
}

async function readJson<Row>(options: { session: PgtapSession; query: string }): Promise<Row[]> {
  const lines = await options.session.run(
    `select coalesce(json_agg(r), '[]')::text from (${options.query}) as r (name, sql)`,
  )
  const rows: Row[] = JSON.parse(lines.join("\n"))
  return rows
}
