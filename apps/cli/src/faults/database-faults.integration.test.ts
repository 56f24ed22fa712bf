import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { type FaultBank, makeFaultBank } from "../testing/fault-bank.ts"
import { query } from "../testing/read-target-rows.ts"

describeWithNativePostgres("the database", {}, ({ createDatabase }) => {
  let bank: FaultBank

  beforeAll(async () => {
    bank = await makeFaultBank({ createDatabase })
    return bank.home.remove
  })

  /** An item that comes late, so that something was written before it. */
  const lateItem = () => {
    const item = bank.expected.memoryItems.at(-1)
    if (item === undefined) throw new Error("the bank is empty")
    return item
  }

  test("a statement runs into its time limit", async () => {
    const target = await bank.openTarget()
    const { name } = target
    await target.withSql(async (sql) => {
      await query(sql, `alter database ${name} set statement_timeout = '4s'`)
      await query(
        sql,
        `create function public.dawdle() returns trigger language plpgsql as $$
         begin
           if new.id = '${lateItem().id}' then perform pg_sleep(20); end if;
           return new;
         end $$`,
      )
      await query(
        sql,
        `create trigger dawdle before insert on public.memory_items
         for each row execute function public.dawdle()`,
      )
    })
    const run = await target.migrate()
    expect(run).toMatchObject({ exitCode: 4, report: { status: "failed" } })
    expect(run.stderr).toContain("smaller batches, or raise statement_timeout")
    await target.withSql((sql) => query(sql, "drop trigger dawdle on public.memory_items"))
    await target.expectSameEnd()
  })

  test("it becomes read-only, and all sessions end", async () => {
    const target = await bank.openTarget()
    const { name } = target
    const running = await target.startCopying()
    await target.withSql(async (sql) => {
      await query(sql, `alter database ${name} set default_transaction_read_only = on`)
      await query(
        sql,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = '${name}' and pid <> pg_backend_pid()`,
      )
    })
    expect((await running.finished).exitCode).toBe(4)
    const refused = await target.migrate()
    expect(refused).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("out of disk space or read-only"),
    })
    await target.withSql((sql) =>
      sql.transaction([
        { sql: "set transaction read write" },
        { sql: `alter database ${name} reset default_transaction_read_only` },
      ]),
    )
    await target.expectSameEnd()
  })

  test("a right is revoked while rows are written, and granted again", async () => {
    const target = await bank.openTarget()
    const { databaseUrl, name } = target
    const url = new URL(databaseUrl)
    url.username = `migrator_${name}`
    url.password = "its own"
    await target.withSql(async (sql) => {
      await query(sql, `create role ${url.username} login password 'its own' bypassrls`)
      await query(sql, `grant service_role to ${url.username}`)
      await query(sql, `grant usage on schema private, extensions to service_role`)
    })
    const running = await target.startCopying({ through: url.href })
    await target.withSql((sql) =>
      query(sql, "revoke insert on public.memory_items from service_role"),
    )
    const { exitCode, stderr } = await running.finished
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 4,
      stderr: expect.stringMatching(
        /permission denied for table memory_items[\s\S]*role `postgres`/,
      ),
    })
    await target.withSql((sql) => query(sql, "grant insert on public.memory_items to service_role"))
    await target.expectSameEnd()
    await target.withSql(async (sql) => {
      await query(sql, `drop owned by ${url.username}`)
      await query(sql, `drop role ${url.username}`)
    })
  })

  test("pgvector is taken away", async () => {
    const target = await bank.openTarget()
    await target.withSql((sql) => query(sql, "drop extension vector cascade"))
    const run = await target.migrate()
    expect(run).toMatchObject({ exitCode: 4, stdout: "" })
    expect(run.stderr).toContain("no longer pgvector")
    expect(run.stderr).toContain("migrate into an empty database")
  })

  test("a constraint is added while rows are written", async () => {
    const target = await bank.openTarget()
    const running = await target.startCopying()
    await target.withSql((sql) =>
      query(
        sql,
        `alter table public.memory_items
         add constraint unwanted check (id <> '${lateItem().id}') not valid`,
      ),
    )
    const { exitCode, stdout } = await running.finished
    expect(exitCode).toBe(5)
    const report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "").report
    expect(report.rejects).toMatchObject([{ source_id: lateItem().id, code: "refused_by_target" }])
    await target.withSql((sql) =>
      query(sql, "alter table public.memory_items drop constraint unwanted"),
    )
    await target.expectSameEnd()
  })

  test("somebody edits a row while others are written: the edit is told and stays", async () => {
    const target = await bank.openTarget()
    const running = await target.startCopying()
    const edited = await target.withSql(async (sql) => {
      for (;;) {
        const [row] = await query(
          sql,
          `update public.memory_items set title = 'edited meanwhile'
           where (workspace_id, id) in (select workspace_id, id from public.memory_items limit 1)
           returning id`,
        )
        if (row?.id) return row.id
      }
    })
    const { exitCode, stdout } = await running.finished
    expect([0, 5, 6]).toContain(exitCode)
    if (exitCode === 6) expect(stdout).toContain(edited)
    const again = await target.migrate()
    expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(again.stdout).toContain("edited_in_target")
    const [row] = await target.withSql((sql) =>
      query(sql, `select title from public.memory_items where id = '${edited}'`),
    )
    expect(row).toEqual({ title: "edited meanwhile" })
  })
})
