import { randomUUID } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type MigrationReport, migrateMemories, migrationReportSchema } from "@reasoningbank/core"
import { writeSlmBank } from "@reasoningbank/dialects/testing"
import { connectLocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import {
  createOriginalSource,
  createSqlTarget,
  findOriginalSchema,
  moveOriginalSchema,
} from "@reasoningbank/supabase"
import { beforeAll, describe, expect, test } from "vitest"
import { migrationsDirectory } from "./migrations-directory.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import {
  makeOriginalBank,
  originalBankStatements,
  originalSchemaSql,
  steps,
} from "./testing/original-bank.ts"
import { query, readTargetRows, type Sql } from "./testing/read-target-rows.ts"
import { runCli, runMigrate, startCli } from "./testing/run-cli.ts"
import { vectorHex } from "./testing/target-rows.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"

const bank = makeOriginalBank(31, 40)
const rolesSql = `
  do $$ begin
    for i in 1..3 loop
      begin
        execute format('create role %I nologin', (array['anon', 'authenticated', 'service_role'])[i]);
      exception when duplicate_object or unique_violation then null;
      end;
    end loop;
  end $$`

async function build(sql: Sql) {
  await sql.transaction([
    { sql: rolesSql },
    // Every statement ends with its line.
    ...originalSchemaSql
      .split(/;\n/)
      .filter((statement) => statement.trim() !== "")
      .map((statement) => ({ sql: statement })),
    ...originalBankStatements(bank),
  ])
}

/** Everything the original's tables hold, as one text. */
async function fingerprint(sql: Sql, schema: string): Promise<string> {
  const rows = await query(
    sql,
    `select 't' || r::text as row from ${schema}.reasoning_traces as r
      union all select 'm' || r::text from ${schema}.memory_items as r order by 1`,
  )
  return JSON.stringify(rows)
}

async function expectUpgraded(sql: Sql) {
  const rows = await readTargetRows(sql)
  // One trace is there twice: its item lies in another workspace.
  expect(rows.traces).toHaveLength(bank.traces.length + 1)
  expect(rows.memoryItems).toHaveLength(bank.items.length)
  for (const [index, told] of bank.traces.entries()) {
    const trace = rows.traces.find(
      ({ id, workspace_id }) => id === told.id && workspace_id === (told.workspace ?? "unassigned"),
    )
    expect(trace).toMatchObject({
      source_id: null,
      task: told.task,
      trajectory: steps,
      outcome: told.outcome,
      metadata: index % 4 === 1 ? {} : { score: 0.5, iterations: index },
      created_at: told.time.replace("+00:00", "Z"),
      embedding_status: told.vector === null ? "missing" : "present",
      embedding_model: told.vector === null ? null : "all-MiniLM-L6-v2",
      vector: told.vector === null ? null : vectorHex(Float32Array.from(told.vector)),
      extras: { num_memories: 1, created_at: expect.any(String), updated_at: expect.any(String) },
      links:
        told.parent === null
          ? []
          : [{ relation: "parent", target_kind: "trace", target_id: told.parent }],
    })
  }
  for (const told of bank.items) {
    expect(rows.memoryItems.find(({ id }) => id === told.id)).toMatchObject({
      workspace_id: told.workspace ?? "unassigned",
      trace_id: told.traceId,
      title: told.title,
      error_context: told.errorContext === null ? null : { error_type: "TypeError" },
      pattern_tags: told.tags,
      embedding_status: "present",
      vector: vectorHex(Float32Array.from(told.vector ?? [])),
      links: told.parent === null ? [] : [expect.objectContaining({ target_id: told.parent })],
    })
  }
}

describeWithNativePostgres("a database of the original ReasoningBank", {}, ({ createDatabase }) => {
  let home: TemporaryDirectory
  let template: string

  beforeAll(async () => {
    home = await makeTemporaryDirectory()
    template = await createDatabase()
    await withPostgres(template, build)
    return home.remove
  })

  const original = () => createDatabase({ template: new URL(template).pathname.slice(1) })
  const upgrade = async (databaseUrl: string, ...words: string[]) => {
    const result = await runCli({
      arguments: ["migrate", "upgrade", "--json", ...words],
      directory: home.path,
      environment: { DATABASE_URL: databaseUrl },
    })
    const lines = result.stdout.split("\n").filter((line) => line !== "")
    const events = lines.map((line): { event: string; report?: MigrationReport } =>
      JSON.parse(line),
    )
    const report = events.find(({ event }) => event === "report")?.report
    return { ...result, report: report && migrationReportSchema.parse(report) }
  }

  test("is never taken for ours, and is named", async () => {
    const databaseUrl = await original()
    await writeSlmBank(join(home.path, "bank"))
    const before = await withPostgres(databaseUrl, (sql) => fingerprint(sql, "public"))
    const run = await runMigrate({
      arguments: ["--source", "bank"],
      directory: home.path,
      environment: { DATABASE_URL: databaseUrl },
    })
    expect(run).toMatchObject({ exitCode: 4 })
    expect(run.stderr).toContain("pnpm migrate upgrade")
    const refused = await upgrade(databaseUrl)
    expect(refused).toMatchObject({ exitCode: 4 })
    expect(refused.stderr).toContain("--yes")
    expect(await withPostgres(databaseUrl, (sql) => fingerprint(sql, "public"))).toBe(before)
  })

  test("is looked at without a change, upgraded, verified, and nothing is left to do", async () => {
    const databaseUrl = await original()
    const before = await withPostgres(databaseUrl, (sql) => fingerprint(sql, "public"))
    const dry = await upgrade(databaseUrl, "--dry-run")
    expect(dry).toMatchObject({ exitCode: 0, report: { status: "dry_run" } })
    expect(dry.report?.counts).toMatchObject({
      traces: { written: 41 },
      memory_items: { written: 40 },
    })
    expect(await withPostgres(databaseUrl, (sql) => fingerprint(sql, "public"))).toBe(before)

    const run = await upgrade(databaseUrl, "--yes")
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(run.report?.source).toMatchObject({
      kind: "original-schema",
      dialects: { original: 80 },
    })
    await withPostgres(databaseUrl, async (sql) => {
      await expectUpgraded(sql)
      expect(await fingerprint(sql, "original_reasoning_bank")).toBe(before)
    })

    const again = await upgrade(databaseUrl)
    expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(again.report?.counts).toMatchObject({
      traces: { written: 0, unchanged: 41 },
      memory_items: { written: 0, unchanged: 40 },
    })
    expect(again.report?.verification).toEqual(run.report?.verification)
  })

  test("killed at moments of its choosing and run again ends the same", async () => {
    const [undisturbed, killed] = [await original(), await original()]
    const whole = await upgrade(undisturbed, "--yes")
    const before = await withPostgres(killed, (sql) => fingerprint(sql, "public"))
    for (const delayInMs of [700, 1_200, 1_800, 2_600]) {
      const { process: child, finished } = startCli({
        arguments: ["migrate", "upgrade", "--yes", "--batch-size", "5"],
        directory: home.path,
        environment: { DATABASE_URL: killed },
      })
      await Promise.race([sleep(delayInMs), finished])
      child.kill("SIGKILL")
      await finished
    }
    const run = await upgrade(killed, "--yes")
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(run.report?.verification?.target_digest).toBe(whole.report?.verification?.target_digest)
    await withPostgres(killed, async (sql) => {
      await expectUpgraded(sql)
      expect(await fingerprint(sql, "original_reasoning_bank")).toBe(before)
    })
  })

  test("is not there: refused, and the API is no way", async () => {
    const none = await upgrade(await createDatabase(), "--yes")
    expect(none).toMatchObject({ exitCode: 4 })
    expect(none.stderr).toContain("has no tables of the original ReasoningBank")
    const api = await runCli({
      arguments: ["migrate", "upgrade"],
      directory: home.path,
      environment: { SUPABASE_URL: "http://127.0.0.1:9", SUPABASE_KEY: "sb_secret_x" },
    })
    expect([api.exitCode, api.stderr]).toEqual([2, expect.stringContaining("DATABASE_URL")])
  })
})

describe("the embedded Postgres, as the original would have left it", () => {
  let directory: TemporaryDirectory

  beforeAll(async () => {
    directory = await makeTemporaryDirectory()
    await mkdir(join(directory.path, "no-migrations"))
    return directory.remove
  })

  /** A server of its own, so that closing it is the end of it. */
  const connect = async (migrations: string) => {
    const settings = { directory: join(directory.path, "data"), migrationsDirectory: migrations }
    const server = await startLocalSupabase(settings)
    const { sql, close } = await connectLocalSupabase(settings)
    return {
      sql,
      async close() {
        await close()
        await server.close()
      },
    }
  }

  test("is upgraded row by row, whichever step ran before", async () => {
    const old = await connect(join(directory.path, "no-migrations"))
    await build(old.sql)
    const target = createSqlTarget({ sql: old.sql, kind: "embedded", location: "embedded" })
    await expect(target.describe()).rejects.toThrow("made by the original ReasoningBank")
    const before = await fingerprint(old.sql, "public")
    expect(await findOriginalSchema(old.sql)).toBe("public")
    await moveOriginalSchema(old.sql)
    await moveOriginalSchema(old.sql)
    expect(await findOriginalSchema(old.sql)).toBe("original_reasoning_bank")
    await old.close()

    const { sql, close } = await connect(migrationsDirectory)
    const migrate = async () => {
      const place = { location: "embedded", schema: "original_reasoning_bank" } as const
      const source = await createOriginalSource({ sql, ...place })
      return migrateMemories({
        ...{ runId: randomUUID(), source, tracesFile: null, collectionNames: null },
        target: createSqlTarget({ sql, kind: "embedded", location: "embedded" }),
        ...{ defaultWorkspaceId: "unassigned", sourceTimezone: "UTC", batchSize: 7, pageSize: 7 },
        ...{ overwrite: false, dryRun: false },
      })
    }
    expect((await migrate()).status).toBe("verified")
    expect((await migrate()).counts.traces).toMatchObject({ written: 0, unchanged: 41 })
    await expectUpgraded(sql)
    expect(await fingerprint(sql, "original_reasoning_bank")).toBe(before)
    await close()
  })
})
