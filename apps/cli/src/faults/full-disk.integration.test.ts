import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  describeWithNativePostgres,
  mountSmallDiskForTest,
} from "@reasoningbank/native-postgres/vitest"
import postgres from "postgres"
import { beforeAll, expect, type TestContext, test } from "vitest"
import { type FaultBank, type FaultTarget, makeFaultBank } from "../testing/fault-bank.ts"
import { query } from "../testing/read-target-rows.ts"
import { runCli } from "../testing/run-cli.ts"

describeWithNativePostgres("a full disk", {}, ({ createDatabase }) => {
  let bank: FaultBank

  beforeAll(async () => {
    bank = await makeFaultBank({ createDatabase })
    return bank.home.remove
  })

  test("of the database", async (context) => {
    const target = await bank.openTarget()
    const { name } = target
    const nobody = 65_534
    const disk = await mountSmallDiskForTest({ context, bytes: 320 * 1024, owner: nobody })
    const url = target.databaseUrl
    await runStatements({
      url,
      statements: [
        `create tablespace small_${name} location '${disk.path}'`,
        `alter table public.memory_items set tablespace small_${name}`,
      ],
    })
    const full = await target.migrate()
    expect(full).toMatchObject({ exitCode: 4, report: { status: "failed" } })
    expect(full.stderr).toContain("No space left on device")
    expect(full.stderr).toContain("enlarge the disk or free space, then run again")
    expect(await countItems(target)).toBeGreaterThan(0)
    await disk.resize(64 * 1024 * 1024)
    await target.expectSameEnd()
    await runStatements({
      url,
      statements: [
        "alter table public.memory_items set tablespace pg_default",
        `drop tablespace small_${name}`,
      ],
    })
  })

  test("where the command is called from: nothing is moved without its log", async (context) => {
    const target = await bank.openTarget()
    const disk = await mountFullDisk(context)
    const { exitCode, stderr } = await runCli({
      arguments: ["migrate", ...bank.own],
      directory: disk.path,
      environment: { DATABASE_URL: target.databaseUrl },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("no space left on device")
    expect(stderr).toContain("Free some space, then run the same command again")
    expect(await countItems(target)).toBe(0)
    await target.expectSameEnd()
  })

  test("a reject that can not be kept ends the run", async (context) => {
    const target = await bank.openTarget()
    const refused = bank.expected.memoryItems.at(-1)?.id
    await target.withSql((sql) =>
      query(
        sql,
        `alter table public.memory_items add constraint unwanted check (id <> '${refused}')`,
      ),
    )
    const disk = await mountFullDisk(context)
    const { exitCode, stderr } = await runCli({
      arguments: ["migrate", ...bank.own],
      directory: disk.path,
      environment: { DATABASE_URL: target.databaseUrl, LOG_LEVEL: "silent" },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Free some space, then run the same command again")
    await target.withSql((sql) =>
      query(sql, "alter table public.memory_items drop constraint unwanted"),
    )
    await target.expectSameEnd()
  })
})

async function countItems({ withSql }: FaultTarget): Promise<number> {
  const [row] = await withSql((sql) =>
    query(sql, "select count(*) as items from public.memory_items"),
  )
  return Number(row?.items)
}

async function mountFullDisk(context: TestContext) {
  const page = 4_096
  const disk = await mountSmallDiskForTest({ context, bytes: page })
  await writeFile(join(disk.path, "ballast"), Buffer.alloc(page))
  return disk
}

/** Outside of a transaction, as statements about tablespaces must be. */
async function runStatements({ url, statements }: { url: string; statements: string[] }) {
  const sql = postgres(url, { max: 1 })
  for (const statement of statements) await sql.unsafe(statement)
  await sql.end()
}
