import { randomUUID } from "node:crypto"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { type Bank, makeBank } from "./make-bank.ts"
import { aReport, insertMigrationRun } from "./make-migration-runs.ts"
import { openSql, type RawRows } from "./open-sql.ts"
import { signIn } from "./sign-in.ts"

describeInBrowser("migrations", ({ openPage, product }) => {
  let sql: RawRows
  let bank: Bank
  let stranger: Bank
  const lesson = {
    id: randomUUID(),
    title: "Look at the log of the provider first",
    content: "It says within a minute whether the money was captured.",
  }
  const runs = { rejected: "", failed: "", shared: "", foreign: "" }

  beforeAll(async () => {
    sql = await openSql(product)
    bank = await makeBank({ product, memories: [lesson] })
    stranger = await makeBank({ product, memories: [{ ...lesson, id: randomUUID() }] })
    const { workspaceId } = bank
    const finding = { workspace_id: workspaceId, id: lesson.id, source_id: "rec-7" }
    const here = { workspaceId, isNew: true, traces: 42, memoryItems: 1_284 }
    runs.rejected = await insertMigrationRun({
      sql,
      run: {
        ...{ status: "verified_with_rejects", startedAt: "2026-11-20T10:00:00Z" },
        finishedAt: "2026-11-20T10:00:07.4Z",
        report: aReport({
          rejects: [{ source_id: "rec-9", code: "truncated_json", reason: "It ends in a text." }],
          conflicts: [{ kind: "memory_item", ...finding, fields: ["title", "content"] }],
          warnings: [{ code: "workspace_assigned", count: 18, examples: ["rec-1"] }],
        }),
        workspaces: [{ ...here, written: 1_300, updated: 4, conflicts: 1 }],
      },
    })
    const why = { code: "target:unreachable", message: "The line was cut.", hint: "Run it again." }
    runs.failed = await insertMigrationRun({
      sql,
      run: {
        ...{ status: "failed", phase: "copy", startedAt: "2026-11-19T10:00:00Z" },
        finishedAt: "2026-11-19T10:01:05Z",
        report: { ...{ rejects: [], conflicts: [], warnings: [] }, verification: null, error: why },
        workspaces: [{ ...here, written: 61 }],
      },
    })
    const theirs = { workspaceId: stranger.workspaceId, traces: 7_777, memoryItems: 8_888 }
    runs.shared = await insertMigrationRun({
      sql,
      run: {
        ...{ status: "differences", startedAt: "2026-11-18T10:00:00Z" },
        finishedAt: "2026-11-18T10:01:05Z",
        report: aReport({
          rejects: [{ source_id: "rec-of-others", code: "not_a_list", reason: "Of others." }],
          differences: [
            { kind: "memory_item", ...finding, problem: "different", fields: ["content"] },
            {
              ...{ kind: "trace", workspace_id: stranger.workspaceId, id: randomUUID() },
              ...{ source_id: "trace-of-others", problem: "missing", fields: [] },
            },
          ],
        }),
        workspaces: [{ ...here, written: 5 }, theirs],
      },
    })
    runs.foreign = await insertMigrationRun({
      sql,
      run: {
        ...{ status: "verified", startedAt: "2026-11-17T10:00:00Z", report: aReport() },
        workspaces: [theirs],
      },
    })
  })
  afterAll(() => sql?.close())

  const open = async (account: Bank["owner"], address: string) => {
    const page = await openPage()
    await signIn(page, account)
    await page.goto(address)
    return page
  }
  const cellsOf = async (page: Page, name: string) => {
    const rows = page.getByRole("table", { name, exact: true }).locator("tbody tr")
    await rows.first().waitFor()
    return Promise.all((await rows.all()).map((row) => row.locator("td").allTextContents()))
  }
  const count = (value: string | null | undefined) => Number(value).toLocaleString("en")

  test("the list has the runs of this workspace with its own counts", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/migrations`)
    const expected = await sql.select(
      `select w.traces, w.memory_items, w.written, w.conflicts from migration_run_workspaces as w
       join migration_runs as r on r.id = w.run_id where w.workspace_id = $1 order by r.started_at desc`,
      bank.workspaceId,
    )
    expect(expected).toHaveLength(3)
    const cells = await cellsOf(page, "Migration runs")
    expect(cells.map((row) => row.slice(3, 7))).toEqual(
      expected.map(({ traces, memory_items, written, conflicts }) =>
        [traces, memory_items, written, conflicts].map(count),
      ),
    )
    expect(cells.map((row) => row.slice(1, 3))).toEqual([
      ["Verified, some rejected", "chroma_data"],
      ["Failed", "chroma_data"],
      ["Differences", "chroma_data"],
    ])
    expect(cells.map((row) => row[7])).toEqual(["7.4 s", "1 min 5 s", "1 min 5 s"])
    expect(await page.content()).not.toContain("secret-place")
    await checkAccessibility(page)
    errors.none()
  })

  test("a run is opened by keyboard and shows its report", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/migrations`, { waitUntil: "networkidle" })
    await page.getByRole("table", { name: "Migration runs" }).getByRole("link").first().focus()
    await page.keyboard.press("Enter")
    await page.waitForURL(`**/migrations/${runs.rejected}`)
    await page.getByRole("heading", { name: "some records were rejected" }).waitFor()
    const main = page.getByRole("main")
    for (const figure of [
      ...["Traces 42", "Memory items 1,284", "Written 1,300"],
      ...["Unchanged 25", "Conflicts 1", "Rejected 1"],
    ]) {
      await main.getByRole("link", { name: figure, exact: true }).waitFor()
    }
    expect(await cellsOf(page, "Rejects")).toEqual([
      ["rec-9", "truncated_json", "It ends in a text."],
    ])
    expect(await cellsOf(page, "Noticed, and accepted")).toEqual([
      ["workspace_assigned", "18", "rec-1"],
    ])
    await page.getByText("132 traces, 297 memory items, 281 vectors").waitFor()
    await page.getByText("The digests of both sides are the same.").waitFor()
    await page.getByText("7.4 s in all, 812 rows a second.").waitFor()
    await checkAccessibility(page)
    await page.getByRole("link", { name: "memory item rec-7" }).click()
    await page.getByRole("heading", { level: 1, name: lesson.title }).waitFor()
    errors.none()
  })

  test("a run that failed says why", async () => {
    const page = await open(bank.owner, `${bank.path}/migrations/${runs.failed}`)
    await page.getByRole("heading", { name: "The line was cut." }).waitFor()
    await page.getByText("Run it again.").waitFor()
    await page.getByText("target:unreachable").waitFor()
    await page.getByText("– No rows were compared").waitFor()
    await checkAccessibility(page)
  })

  test("of a run that spans workspaces of others only one's own part is told", async () => {
    const page = await open(bank.owner, `${bank.path}/migrations/${runs.shared}`)
    await page.getByText("This run also moved workspaces that you do not own.").waitFor()
    expect(await cellsOf(page, "Differences")).toEqual([
      ["memory item rec-7", "different", "content"],
    ])
    expect(await cellsOf(page, "Workspaces of this run")).toHaveLength(1)
    const html = await page.content()
    for (const secret of ["of-others", "7,777", "secret-place", stranger.workspaceId]) {
      expect(html).not.toContain(secret)
    }
    await checkAccessibility(page)
  })

  test("runs of others are not found, and members without the right are told who sees them", async () => {
    const owner = await open(bank.owner, `${bank.path}/migrations`)
    for (const id of [runs.foreign, randomUUID(), "not-an-id"]) {
      await owner.goto(`${bank.path}/migrations/${id}`)
      await owner.getByRole("heading", { name: "There is nothing here for you" }).waitFor()
      expect(await owner.content()).not.toContain("8,888")
    }
    const other = await open(stranger.owner, `${stranger.path}/migrations`)
    for (const address of [`${bank.path}/migrations`, `${bank.path}/migrations/${runs.shared}`]) {
      expect((await other.request.get(address)).status(), address).toBe(404)
    }
    await other.goto(`${stranger.path}/migrations/${runs.rejected}`)
    await other.getByRole("heading", { name: "There is nothing here for you" }).waitFor()
    expect(await other.content()).not.toContain("rec-9")
    for (const role of ["editor", "viewer"] as const) {
      const member = await open(await bank.addMember(role), `${bank.path}/migrations`)
      await member.getByText("Owners see the migration runs").waitFor()
      expect(await member.content()).not.toContain("chroma_data")
      await member.goto(`${bank.path}/migrations/${runs.rejected}`)
      await member.getByText("Owners see the migration runs").waitFor()
      expect(await member.content()).not.toContain("rec-9")
      if (role === "editor") await checkAccessibility(member)
    }
  })

  test("a workspace without a run says how to make one", async () => {
    const fresh = await makeBank({ product, memories: [{ ...lesson, id: randomUUID() }] })
    const page = await open(fresh.owner, `${fresh.path}/migrations`)
    await page.getByText("No migration has moved anything to this workspace yet").waitFor()
    await page.getByText("pnpm migrate --chromadb-dir DIR").waitFor()
    await checkAccessibility(page)
  })

  test("a running one is followed while the page is visible, and only then", async () => {
    const watched = await makeBank({ product, memories: [{ ...lesson, id: randomUUID() }] })
    const id = await insertMigrationRun({
      sql,
      run: {
        ...{ status: "running", phase: "copy", isLive: true, startedAt: new Date().toISOString() },
        progress: { done: 500, total: 2_000, rows: 700, rows_per_second: 350, updated_at: null },
        workspaces: [{ workspaceId: watched.workspaceId, traces: 1, memoryItems: 1, written: 1 }],
      },
    })
    const move = (done: number) =>
      sql.select(
        "update migration_runs set progress = progress || $2::jsonb where id = $1",
        id,
        `{"done": ${done}}`,
      )
    const page = await open(watched.owner, `${watched.path}/migrations/${id}`)
    const errors = watchErrors(page)
    await page.getByText("500 of 2,000 records").waitFor()
    await page.getByText("about 6.0 s left in this phase").waitFor()
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25")
    await checkAccessibility(page)
    await move(1_000)
    await page.getByText("1,000 of 2,000 records").waitFor()

    const show = (state: "hidden" | "visible") =>
      page.evaluate(`
        Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true })
        document.dispatchEvent(new Event("visibilitychange"))
      `)
    await show("hidden")
    await page.waitForLoadState("networkidle")
    let asked = 0
    page.on("request", () => {
      asked += 1
    })
    await move(1_500)
    await page.waitForTimeout(5_000)
    expect(asked).toBe(0)
    await show("visible")
    await page.getByText("1,500 of 2,000 records").waitFor()
    await sql.select(
      "update migration_runs set status = 'verified', finished_at = now(), lease_token = null, report = $2::jsonb where id = $1",
      id,
      JSON.stringify(aReport()),
    )
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor()
    errors.none()
  })
})
