import { join } from "node:path"
import { expect } from "vitest"
import { type ExpectedRows, expectedCurrentRows } from "./expected-rows.ts"
import { makeBank } from "./make-bank.ts"
import { withPostgres } from "./open-postgres.ts"
import { query, readTargetRows, type Sql, sorted } from "./read-target-rows.ts"
import { type MigrateResult, type RunningCli, runMigrate, startCli } from "./run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./temporary-directory.ts"
import { writeChromaBank } from "./write-chroma-bank.ts"

/** A small bank, moved in batches of 20, so that there is a middle in which something can go wrong. */
export type FaultBank = {
  home: TemporaryDirectory
  /** The Chroma directory. */
  source: string
  expected: ExpectedRows
  /** Arguments of every run. */
  own: string[]
  /** A new database with the schema and no row. */
  openTarget(): Promise<FaultTarget>
}

const timezone = "UTC"

export async function makeFaultBank({
  createDatabase,
}: {
  createDatabase: (options?: { template: string }) => Promise<string>
}): Promise<FaultBank> {
  const home = await makeTemporaryDirectory()
  const source = join(home.path, "chroma_data")
  const made = makeBank({ seed: 44, memories: 200, workspaceIds: ["one", "two"], timezone })
  await writeChromaBank({ directory: source, collections: [{ ...made, syncThreshold: 80 }] })
  const own = ["--chromadb-dir", source, "--source-timezone", timezone, "--batch-size", "20"]
  const template = await createDatabase()
  const run = await runMigrate({
    directory: home.path,
    environment: { DATABASE_URL: template },
    arguments: [...own, "--no-backup", "--yes"],
  })
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  await withPostgres(template, async (sql) => {
    await query(sql, "truncate public.workspaces, public.migration_runs cascade")
    await query(sql, "truncate public.lineage_links")
  })
  const expected = sorted(expectedCurrentRows({ memories: made.memories, timezone }))
  const bank: FaultBank = {
    ...{ home, source, expected, own: [...own, "--no-backup"] },
    async openTarget() {
      const databaseUrl = await createDatabase({ template: new URL(template).pathname.slice(1) })
      return openFaultTarget({ bank, databaseUrl })
    },
  }
  return bank
}

export type FaultTarget = {
  databaseUrl: string
  /** Of the database. */
  name: string
  withSql<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  /** Runs to its end; `through` is another address of the same database. */
  migrate(settings?: { through?: string; arguments?: string[] }): Promise<MigrateResult>
  /** Returns once rows are being copied. */
  startCopying(settings?: { through?: string }): Promise<RunningCli>
  /** Runs once more, undisturbed: everything arrives and nothing is doubled. */
  expectSameEnd(): Promise<void>
}

export function openFaultTarget({
  bank: { home, own, expected },
  databaseUrl,
}: {
  bank: FaultBank
  databaseUrl: string
}): FaultTarget {
  const place = (through = databaseUrl) => ({
    directory: home.path,
    environment: { DATABASE_URL: through },
  })
  const target: FaultTarget = {
    databaseUrl,
    name: new URL(databaseUrl).pathname.slice(1),
    withSql: (work) => withPostgres(databaseUrl, work),
    migrate: ({ through, arguments: more = [] } = {}) =>
      runMigrate({ ...place(through), arguments: [...own, ...more] }),
    async startCopying({ through } = {}) {
      const running = startCli({ ...place(through), arguments: ["migrate", "--json", ...own] })
      await running.printed(/"phase":"copy"/)
      return running
    },
    async expectSameEnd() {
      const run = await target.migrate()
      expect(run).toMatchObject({
        exitCode: 0,
        report: { status: "verified", conflicts: [], rejects: [] },
      })
      const { source_digest, target_digest } = run.report?.verification ?? {}
      expect(target_digest).toBe(source_digest)
      expect(await target.withSql(readTargetRows)).toEqual(expected)
    },
  }
  return target
}
