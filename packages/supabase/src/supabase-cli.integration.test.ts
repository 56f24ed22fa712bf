import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { prepareNativeDatabase } from "@reasoningbank/local-supabase"
import {
  describeWithNativePostgres,
  startPgbouncerForTest,
} from "@reasoningbank/native-postgres/vitest"
import type { SupabaseCli } from "@reasoningbank/supabase-cli"
import { describeWithSupabaseCli } from "@reasoningbank/supabase-cli/vitest"
import { Client } from "pg"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import { readMigrationFiles } from "./read-migration-files.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory, prepareWithoutSchema } from "./testing/prepared-database.ts"
import { readAcceptedFindings } from "./testing/read-accepted-findings.ts"
import { readCatalog } from "./testing/read-catalog.ts"

const migrations = await readMigrationFiles(migrationsDirectory)
const fileNames = migrations.map(({ fileName }) => fileName)
const records = migrations.map(({ version, name, statements }) => ({ version, name, statements }))

describeWithNativePostgres("the Supabase CLI", { versions: [15] }, ({ createDatabase }) => {
  /** A database as a hosted project's is before the first push. */
  const createEmptyProject = async () => {
    const databaseUrl = await prepareWithoutSchema(await createDatabase())
    await query({ databaseUrl, sql: "drop schema supabase_migrations cascade" })
    return databaseUrl
  }

  describeWithSupabaseCli("over a direct connection", (cli) => {
    test("applies every migration once", async () => {
      const databaseUrl = await createEmptyProject()
      expect(await push({ cli, databaseUrl })).toMatchObject({ migrations: fileNames })
      expect(await recordsOf(databaseUrl)).toEqual(records)
      expect(await push({ cli, databaseUrl })).toMatchObject({ upToDate: true, migrations: [] })
    })

    test("lists every migration as applied", async () => {
      const databaseUrl = await createEmptyProject()
      await push({ cli, databaseUrl })
      const listed = await runForJson<{ migrations: { local: string; remote: string }[] }>({
        cli,
        arguments: ["migration", "list", `--remote=${databaseUrl}`],
      })
      expect(listed.migrations.map(({ local, remote }) => ({ local, remote }))).toEqual(
        migrations.map(({ version }) => ({ local: version, remote: version })),
      )
    })

    test("keeps nothing of a migration that fails, and goes on once it is corrected", async () => {
      const project = await makeTemporaryDirectory()
      onTestFinished(() => project.remove())
      await cp(join(migrationsDirectory, ".."), join(project.path, "supabase"), { recursive: true })
      const file = join(project.path, "supabase/migrations/29990101000000_break.sql")
      await writeFile(file, "create table public.half (id int);\nselect 1 / 0;\n")
      const databaseUrl = await createEmptyProject()
      const pushed = await cli.run({
        arguments: ["db", "push", `--remote=${databaseUrl}`, "--yes"],
        projectDirectory: project.path,
      })
      expect(pushed.exitCode).toBe(1)
      expect(pushed.stderr).toContain("division by zero")
      expect(await recordsOf(databaseUrl)).toEqual(records)
      const sql = "select pg_catalog.to_regclass('public.half')::text as half"
      expect(await query({ databaseUrl, sql })).toEqual([{ half: null }])

      await writeFile(file, "create table public.half (id int);\n")
      const again = await push({ cli, databaseUrl, projectDirectory: project.path })
      expect(again).toMatchObject({ migrations: ["29990101000000_break.sql"] })
      expect(await query({ databaseUrl, sql })).toEqual([{ half: "half" }])
    })
  })

  describeWithSupabaseCli("as the owner of a project, who is no superuser", (cli) => {
    test("applies every migration", async () => {
      const databaseUrl = await createEmptyProject()
      const ownerUrl = new URL(databaseUrl)
      ownerUrl.username = `owner_of_${ownerUrl.pathname.slice(1)}`
      await query({ databaseUrl, sql: projectOwnerSql(ownerUrl) })
      expect(await push({ cli, databaseUrl: ownerUrl.href })).toMatchObject({
        migrations: fileNames,
      })
    })
  })

  describeWithSupabaseCli("through a pooler that lends connections by the transaction", (cli) => {
    test("applies every migration once", async (context) => {
      const databaseUrl = await createEmptyProject()
      const poolMode = "transaction"
      const pooler = await startPgbouncerForTest({ context, databaseUrl, poolMode })
      expect(await push({ cli, databaseUrl: pooler.url })).toMatchObject({ migrations: fileNames })
      expect(await recordsOf(databaseUrl)).toEqual(records)
      expect(await push({ cli, databaseUrl: pooler.url })).toMatchObject({ upToDate: true })
    })
  })

  describeWithSupabaseCli("beside our own ways to apply the migrations", (cli) => {
    test("finds nothing to do after applySchema", async () => {
      const databaseUrl = await createEmptyProject()
      await applyAsTarget(databaseUrl)
      expect(await recordsOf(databaseUrl)).toEqual(records)
      expect(await push({ cli, databaseUrl })).toMatchObject({ upToDate: true })
    })

    test("finds nothing to do after prepareNativeDatabase", async () => {
      const databaseUrl = await createDatabase()
      await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
      expect(await recordsOf(databaseUrl)).toEqual(records)
      expect(await push({ cli, databaseUrl })).toMatchObject({ upToDate: true })
    })

    test("leaves nothing to do for either", async () => {
      const databaseUrl = await createEmptyProject()
      await push({ cli, databaseUrl })
      const applied: string[] = []
      const log = (message: string) => applied.push(message)
      await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory, log })
      await applyAsTarget(databaseUrl)
      expect(applied).toEqual([])
      expect(await recordsOf(databaseUrl)).toEqual(records)
    })
  })

  describeWithSupabaseCli("makes the schema that all others make", (cli) => {
    let pushed: string[]
    beforeAll(async () => {
      const databaseUrl = await createEmptyProject()
      await push({ cli, databaseUrl })
      pushed = await readCatalog(databaseUrl)
      expect(pushed.length).toBeGreaterThan(200)
    })

    test("applySchema", async () => {
      const databaseUrl = await createEmptyProject()
      await applyAsTarget(databaseUrl)
      expect(await readCatalog(databaseUrl)).toEqual(pushed)
    })

    test("prepareNativeDatabase", async () => {
      const databaseUrl = await createDatabase()
      await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
      expect(await readCatalog(databaseUrl)).toEqual(pushed)
    })

    test("schema.sql", async () => {
      const databaseUrl = await createEmptyProject()
      const sql = await readFile(join(migrationsDirectory, "../schema.sql"), "utf8")
      await query({ databaseUrl, sql })
      expect(await readCatalog(databaseUrl)).toEqual(pushed)
    })
  })

  describeWithSupabaseCli("looks for faults", (cli) => {
    let databaseUrl: string
    beforeAll(async () => {
      databaseUrl = await createEmptyProject()
      await push({ cli, databaseUrl })
    })

    test("in the functions, and finds none but the accepted", async () => {
      const { lint } = await readAcceptedFindings()
      const found = await findLintIssues({ cli, databaseUrl })
      expect(new Set(found)).toEqual(new Set(lint.map(({ reason: _, ...finding }) => finding)))
    })

    test("in the functions with what they need at hand, triggers too", async () => {
      const { lint } = await readAcceptedFindings()
      const client = new Client(databaseUrl)
      await client.connect()
      onTestFinished(() => client.end())
      await client.query("begin")
      await client.query("create extension plpgsql_check with schema extensions")
      await client.query("select private.create_migration_staging()")
      const { rows } = await client.query<LintIssue>(plpgsqlFindingsSql)
      const isAccepted = (row: LintIssue) =>
        lint.some((each) => each.function === row.function && each.message === row.message)
      expect(rows.filter((row) => !isAccepted(row))).toEqual([])
    })

    test("in the catalog, and finds none but the accepted", async () => {
      const { advisors } = await readAcceptedFindings()
      const found = await findAdvisorFindings({ cli, databaseUrl })
      const isAccepted = (finding: AdvisorFinding) =>
        advisors.some((each) => matches({ accepted: each, finding }))
      expect(found.filter((finding) => !isAccepted(finding))).toEqual([])
      const isNeeded = (accepted: Accepted) =>
        found.some((finding) => matches({ accepted, finding }))
      expect(advisors.filter((each) => !isNeeded(each))).toEqual([])
    })
  })
})

/** What hosted gives the role it calls postgres; extensions are enabled for it by the platform. */
function projectOwnerSql({ username, password, pathname }: URL): string {
  return `
    create role ${username} login createrole createdb bypassrls password '${password}';
    grant anon, authenticated, service_role to ${username};
    alter database ${pathname.slice(1)} owner to ${username};
    alter schema public owner to ${username};
    alter schema extensions owner to ${username};
    grant usage on schema auth to ${username};
    grant all on all tables in schema auth to ${username};
    create extension vector with schema extensions;
    do $$ begin
      if exists (select from pg_catalog.pg_available_extensions where name = 'pg_trgm') then
        create extension pg_trgm with schema extensions;
      end if;
    end $$;
  `
}

/** The CLI leaves trigger functions out, for each wants its table; and transition tables have names only there. */
const plpgsqlFindingsSql = `
  with functions as (
    select
      p.oid, n.nspname || '.' || p.proname as function, coalesce(t.tgrelid, 0) as relation,
      t.tgoldtable, t.tgnewtable
    from pg_catalog.pg_proc as p
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    left join (
      select tgfoid, tgrelid, max(tgoldtable) as tgoldtable, max(tgnewtable) as tgnewtable
      from pg_catalog.pg_trigger where not tgisinternal group by tgfoid, tgrelid
    ) as t on t.tgfoid = p.oid
    where n.nspname in ('public', 'private')
      and p.prolang = (select l.oid from pg_catalog.pg_language as l where l.lanname = 'plpgsql')
  )
  select f.function, c.level, c.lineno, c.message
  from functions as f
  cross join lateral extensions.plpgsql_check_function_tb(
    f.oid, f.relation, oldtable := f.tgoldtable, newtable := f.tgnewtable
  ) as c
`

type CommandOnDatabase = { cli: SupabaseCli; databaseUrl: string }

function push(options: CommandOnDatabase & { projectDirectory?: string }): Promise<unknown> {
  const { databaseUrl, ...rest } = options
  return runForJson({ ...rest, arguments: ["db", "push", `--remote=${databaseUrl}`, "--yes"] })
}

async function runForJson<Output>(
  command: { cli: SupabaseCli } & Parameters<SupabaseCli["run"]>[0],
): Promise<Output> {
  const { cli, ...rest } = command
  const words = [...command.arguments, "--output-format=json"]
  const { exitCode, stdout, stderr } = await cli.run({ ...rest, arguments: words })
  expect(exitCode, `${stdout}${stderr}`).toBe(0)
  return JSON.parse(stdout)
}

type LintIssue = { function: string; message: string }

async function findLintIssues({ cli, databaseUrl }: CommandOnDatabase): Promise<LintIssue[]> {
  const { results } = await runForJson<{
    results: { function: string; issues: { message: string }[] }[]
  }>({ cli, arguments: ["db", "lint", "--level=warning", `--remote=${databaseUrl}`] })
  return results.flatMap((result) =>
    result.issues.map(({ message }) => ({ function: result.function, message })),
  )
}

type AdvisorFinding = { name: string; cacheKey: string; detail: string }
type Accepted = { cacheKey: string } | { name: string }

async function findAdvisorFindings(options: CommandOnDatabase): Promise<AdvisorFinding[]> {
  const { cli, databaseUrl } = options
  const words = ["db", "advisors", "--level=info", "--fail-on=none", `--remote=${databaseUrl}`]
  const { results } = await runForJson<{ results: AdvisorFinding[] }>({ cli, arguments: words })
  return results.map(({ name, cacheKey, detail }) => ({ name, cacheKey, detail }))
}

function matches({ accepted, finding }: { accepted: Accepted; finding: AdvisorFinding }): boolean {
  return "cacheKey" in accepted
    ? accepted.cacheKey === finding.cacheKey
    : accepted.name === finding.name
}

async function applyAsTarget(databaseUrl: string): Promise<void> {
  const sql = createPostgresClient({ databaseUrl })
  const { location } = sql
  const target = createSqlTarget({ sql, kind: "postgres", location, migrationsDirectory })
  await target.applySchema?.()
  await sql.close()
}

function recordsOf(databaseUrl: string): Promise<unknown[]> {
  const sql =
    "select version, name, statements from supabase_migrations.schema_migrations order by version"
  return query({ databaseUrl, sql })
}

async function query(options: { databaseUrl: string; sql: string }): Promise<unknown[]> {
  const client = new Client(options.databaseUrl)
  await client.connect()
  try {
    return (await client.query(options.sql)).rows
  } finally {
    await client.end()
  }
}
