import type { Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { expectAccessible } from "./expect-accessible.ts"
import { openSql, type RawRows } from "./open-sql.ts"
import { signIn } from "./sign-in.ts"

const day = (daysAgo: number) =>
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
const percent = (part: number, whole: number) => `${Number(((100 * part) / whole).toFixed(1))} %`
const isBetween = (at: string | null | undefined, range: URLSearchParams) =>
  typeof at === "string" && at >= (range.get("from") ?? "") && at <= (range.get("to") ?? "")
const inRange = "(created_at at time zone 'UTC')::date between $2::date and $3::date"

describeInBrowser("overview", ({ openPage, product }) => {
  let sql: RawRows
  let page: Page
  let workspaceId: string
  let address: string

  const count = async (statement: string, ...parameters: string[]) => {
    const [row] = await sql.select(`select count(*) as count ${statement}`, ...parameters)
    return Number(row?.count)
  }
  const figure = (label: string): Locator =>
    page
      .getByRole("main")
      .getByRole("link")
      .filter({ has: page.getByText(label, { exact: true }) })
  const shows = async (label: string, ...texts: string[]) => {
    for (const text of texts) {
      await figure(label).getByText(text, { exact: true }).waitFor()
    }
  }
  const listed = async (label: string) => {
    const rows = page.getByRole("list", { name: label, exact: true }).getByRole("listitem")
    await rows.first().waitFor()
    const cells = (await rows.all()).map((row) =>
      row.locator("span:not([aria-hidden]), a:not(:has(span))").allTextContents(),
    )
    return (await Promise.all(cells)).filter((texts) => texts.length > 1)
  }
  const asTable = async (title: string) => {
    await page.getByRole("button", { name: `Show as table : ${title}` }).click()
    const rows = page.getByRole("table", { name: title, exact: true }).locator("tbody tr")
    await rows.first().waitFor()
    return rows.all()
  }

  beforeAll(async () => {
    sql = await openSql(product)
    const [row] = await sql.select("select id from workspaces where name = 'Harbor Pipeline'")
    workspaceId = row?.id ?? ""
    address = `/w/${encodeURIComponent(workspaceId)}/overview`
    page = await openPage()
    await signIn(page, product.demo)
  })
  afterAll(() => sql?.close())

  test("figures of the range are those of the rows", async () => {
    const errors = watchErrors(page)
    await page.goto(address)
    const range = [workspaceId, day(89), day(0)] as const
    const before = [workspaceId, day(179), day(90)] as const
    const traces = `from reasoning_traces where workspace_id = $1 and ${inRange}`
    const items = `from memory_items where workspace_id = $1 and ${inRange}`
    const success = await count(`${traces} and outcome = 'success'`, ...range)
    const all = await count(traces, ...range)
    const successBefore = await count(`${traces} and outcome = 'success'`, ...before)
    const allBefore = await count(traces, ...before)
    expect(all).toBeGreaterThan(0)
    expect(allBefore).toBeGreaterThan(0)

    const whole = (part: number, total: number) => `${Math.round((100 * part) / total)} %`
    const heading = await page.getByRole("heading", { level: 1 }).textContent()
    expect(heading).toContain(whole(success, all))
    expect(heading).toContain(whole(successBefore, allBefore))

    const points = Number(((100 * success) / all - (100 * successBefore) / allBefore).toFixed(1))
    await shows("Success rate", percent(success, all))
    await figure("Success rate")
      .getByText(`${points < 0 ? "−" : "+"}${Math.abs(points)} points`)
      .waitFor()
    await shows("Traces", String(all))
    await shows("Memory items learned", String(await count(items, ...range)))
    await shows(
      "Learned from errors",
      String(
        await count(`${items} and error_context is not null and error_context <> '{}'`, ...range),
      ),
    )
    const searches = `from retrieval_events where workspace_id = $1
      and (occurred_at at time zone 'UTC')::date between $2::date and $3::date`
    const hits = await count(`${searches} and error_code is null and result_count > 0`, ...range)
    await shows("Searches that found something", percent(hits, await count(searches, ...range)))

    const link = new URL((await figure("Traces").getAttribute("href")) ?? "", product.url)
    expect(link.pathname).toBe(address.replace("overview", "traces"))
    expect(Object.fromEntries(link.searchParams)).toEqual({ from: day(89), to: day(0) })
    errors.none()
  })

  test("charts have the same figures as tables, which lead to the rows", async () => {
    await page.goto(`${address}?from=2026-09-01&to=2026-10-31`)
    const rows = await sql.select(
      `select outcome, (created_at at time zone 'UTC')::date as day
       from reasoning_traces where workspace_id = $1`,
      workspaceId,
    )
    const drawn = { success: 0, partial: 0, failure: 0 }
    for (const row of await asTable("Traces by outcome")) {
      const cells = await row.locator("td").allTextContents()
      const [success, partial, failure] = cells.slice(1).map(Number)
      drawn.success += success ?? 0
      drawn.partial += partial ?? 0
      drawn.failure += failure ?? 0
      const link = row.getByRole("link")
      if ((await link.count()) === 0) continue
      const { searchParams } = new URL((await link.getAttribute("href")) ?? "", product.url)
      const between = rows.filter(({ day: at }) => isBetween(at, searchParams))
      expect(cells.slice(1).reduce((sum, cell) => sum + Number(cell), 0)).toBe(between.length)
    }
    const expected = { success: 0, partial: 0, failure: 0 }
    for (const { outcome, day: at } of rows) {
      if (!isBetween(at, new URLSearchParams("from=2026-09-01&to=2026-10-31"))) continue
      if (outcome === "success" || outcome === "partial" || outcome === "failure") {
        expected[outcome] += 1
      }
    }
    expect(drawn).toEqual(expected)
  })

  test("distributions are those of all rows", async () => {
    await page.goto(address)
    const total = await count("from memory_items where workspace_id = $1", workspaceId)
    const distribution = async (statement: string) =>
      (await sql.select(statement, workspaceId)).map(({ value, count }) => [
        value ?? "",
        count ?? "",
        percent(Number(count), total),
      ])
    expect(await listed("Domains")).toEqual(
      (
        await distribution(`select domain_category as value, count(*) as count from memory_items
          where workspace_id = $1 group by 1 order by 2 desc, 1`)
      ).slice(0, 8),
    )
    expect(await listed("Top tags")).toEqual(
      (
        await distribution(`select tag as value, count(distinct id) as count
          from memory_items, unnest(pattern_tags) as tag
          where workspace_id = $1 group by 1 order by 2 desc, 1`)
      ).slice(0, 8),
    )
    expect(await listed("Evolution stages")).toEqual(
      await distribution(`select 'Stage ' || evolution_stage as value, count(*) as count
        from memory_items where workspace_id = $1 group by evolution_stage order by evolution_stage`),
    )
    expect((await listed("Difficulty")).toSorted()).toEqual(
      (
        await distribution(`select difficulty_level as value, count(*) as count from memory_items
          where workspace_id = $1 group by 1`)
      ).toSorted(),
    )
    expect(await listed("Embedding coverage")).toEqual(
      await distribution(`select embedding_model as value, count(*) as count from memory_items
        where workspace_id = $1 and content_embedding is not null group by 1`),
    )
    const outcomes = await sql.select(
      `select initcap(outcome) as value, count(*) as count from reasoning_traces
       where workspace_id = $1 group by 1`,
      workspaceId,
    )
    expect(
      (await listed("Outcomes")).map(([name, rows]) => ({ value: name, count: rows })),
    ).toEqual(
      ["Success", "Partial", "Failure"].map((name) => ({
        value: name,
        count: outcomes.find(({ value }) => value === name)?.count ?? "0",
      })),
    )
  })

  test("most and never recalled memories are those of the recorded searches", async () => {
    await page.goto(address)
    const recalled = await sql.select(
      `select m.title, count(*) as count from retrieval_results as r
       join memory_items as m on (m.workspace_id, m.id) = (r.workspace_id, r.result_id)
       where r.workspace_id = $1 group by m.id, m.title order by 2 desc limit 8`,
      workspaceId,
    )
    const rows = page.getByRole("table", { name: "Most recalled memory items" }).locator("tbody tr")
    await rows.first().waitFor()
    const shown = await Promise.all(
      (await rows.all()).map(async (row) =>
        (await row.locator("td").allTextContents()).slice(0, 2),
      ),
    )
    expect(shown.map(([, recalls]) => recalls)).toEqual(recalled.map(({ count: n }) => n))
    for (const [title, recalls] of shown) {
      const [row] = await sql.select(
        `select count(*) as count from retrieval_results as r
         join memory_items as m on (m.workspace_id, m.id) = (r.workspace_id, r.result_id)
         where r.workspace_id = $1 and m.title = $2`,
        workspaceId,
        title ?? "",
      )
      expect(row?.count).toBe(recalls)
    }
    const never = await sql.select(
      `select m.title from memory_items as m where m.workspace_id = $1 and not exists (
         select from retrieval_results as r where (r.workspace_id, r.result_id) = (m.workspace_id, m.id)
       ) order by m.created_at, m.id limit 8`,
      workspaceId,
    )
    expect((await listed("Memory items never recalled")).map(([title]) => title)).toEqual(
      never.map(({ title }) => title),
    )
  })

  test("a period without rows says so and shows no zero as a rate", async () => {
    await page.goto(`${address}?from=2020-01-01&to=2020-01-31`)
    await page
      .getByRole("heading", { level: 1, name: /^No traces from 1 to 31 Jan 2020/ })
      .waitFor()
    await shows("Success rate", "no value")
    await page.getByRole("link", { name: /Back to the whole period/ }).click()
    await page.getByRole("heading", { level: 1, name: /in the last 90 days/ }).waitFor()
  })

  test("the view across workspaces adds them up", async () => {
    await page.goto("/workspaces?period=all")
    const [row] = await sql.select(
      `select count(*) as traces, count(*) filter (where outcome = 'success') as success
       from reasoning_traces where workspace_id in (
         select m.workspace_id from workspace_members as m
         join auth.users as u on u.id = m.user_id where u.email = $1
       )`,
      product.demo.email,
    )
    await shows("Traces", String(row?.traces))
    await shows("Success rate", percent(Number(row?.success), Number(row?.traces)))
    for (const name of ["Emberforge Engine", "Harbor Pipeline", "Northwind Shop"]) {
      const cells = await page
        .getByRole("table", { name: "Workspaces" })
        .getByRole("row")
        .filter({ hasText: name })
        .locator("td")
        .allTextContents()
      const [expected] = await sql.select(
        `select
           (select count(*) from reasoning_traces as t where t.workspace_id = w.id) as traces,
           (select count(*) from memory_items as i where i.workspace_id = w.id) as items
         from workspaces as w where w.name = $1`,
        name,
      )
      expect(cells[1]).toMatch(new RegExp(`^${expected?.traces}\\b`))
      expect(cells[4]).toMatch(new RegExp(`^${expected?.items}\\b`))
    }
  })

  test.each(["light", "dark"] as const)("is accessible and silent in %s", async (colorScheme) => {
    const themed = await openPage({ colorScheme })
    const errors = watchErrors(themed)
    await signIn(themed, product.demo)
    for (const path of ["/workspaces", address]) {
      await themed.goto(path)
      await themed.locator(".recharts-surface").first().waitFor()
      await expectAccessible(themed)
    }
    errors.none()
  })
})
