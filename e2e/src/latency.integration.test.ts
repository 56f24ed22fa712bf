import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { expectAccessible } from "./expect-accessible.ts"
import { openSql, type RawRows } from "./open-sql.ts"
import { signIn } from "./sign-in.ts"

const inMilliseconds = (value: string | null | undefined) => {
  const number = Number(value)
  return `${number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 })} ms`
}

describeInBrowser("latency", ({ openPage, product }) => {
  let sql: RawRows
  let page: Page
  let address: string
  const scope: string[] = []

  const shows = (label: string, text: string) =>
    page
      .getByRole("main")
      .getByRole("link")
      .filter({ has: page.getByText(label, { exact: true }) })
      .getByText(text, { exact: true })
      .waitFor()
  const asTable = async (title: string) => {
    await page.getByRole("button", { name: `Show as table : ${title}` }).click()
    const rows = page.getByRole("table", { name: title, exact: true }).locator("tbody tr")
    await rows.first().waitFor()
    return Promise.all((await rows.all()).map((row) => row.locator("td").allTextContents()))
  }

  beforeAll(async () => {
    sql = await openSql(product)
    const [row] = await sql.select("select id from workspaces where name = 'Emberforge Engine'")
    scope.push(row?.id ?? "")
    address = `/w/${encodeURIComponent(row?.id ?? "")}/latency`
    await sql.select(
      `insert into retrieval_events (workspace_id, occurred_at, backend, search_kind, match_count,
         result_count, embedding_ms, database_ms, total_ms, error_code)
       select $1, now() - make_interval(hours => 7 * i), 'chroma', 'semantic', 10, 10,
         3 + i % 5, 10 + i * i, 13 + i % 5 + i * i, case when i % 9 = 0 then 'timeout' end
       from generate_series(1, 40) as i`,
      ...scope,
    )
    page = await openPage()
    await signIn(page, product.demo)
  })
  afterAll(() => sql?.close())

  test.each(["chroma", "supabase"])("figures of %s are those of the events", async (backend) => {
    const errors = watchErrors(page)
    await page.goto(`${address}?backend=${backend}`)
    const [expected] = await sql.select(
      `select count(*) as searches,
         100.0 * count(error_code) / count(*) as error_rate,
         percentile_cont(0.5) within group (order by total_ms) as p50,
         percentile_cont(0.95) within group (order by total_ms) as p95,
         percentile_cont(0.99) within group (order by total_ms) as p99
       from retrieval_events where workspace_id = $1 and backend = $2`,
      ...scope,
      backend,
    )
    await shows("Searches", expected?.searches ?? "")
    await shows("Failed", `${Number(Number(expected?.error_rate).toFixed(1))} %`)
    await shows("Median", inMilliseconds(expected?.p50))
    await shows("95 of 100 within", inMilliseconds(expected?.p95))
    await shows("99 of 100 within", inMilliseconds(expected?.p99))
    await page.getByRole("heading", { level: 1 }).getByText(inMilliseconds(expected?.p50)).waitFor()
    const slowest = await sql.select(
      `select total_ms from retrieval_events where workspace_id = $1 and backend = $2
       order by total_ms desc limit 10`,
      ...scope,
      backend,
    )
    const rows = page.getByRole("table", { name: "Slowest searches" }).locator("tbody tr")
    const totals = (await rows.all()).map((row) => row.locator("td").last().textContent())
    expect(await Promise.all(totals)).toEqual(slowest.map((one) => inMilliseconds(one.total_ms)))
    errors.none()
  })

  test("percentiles over time and the histogram are those of the events", async () => {
    await page.goto(`${address}?backend=chroma&period=30d`)
    for (const [title, column] of [
      ["Total", "total_ms"],
      ["Database", "database_ms"],
      ["Embedding", "embedding_ms"],
    ] as const) {
      const days = await sql.select(
        `select percentile_cont(0.5) within group (order by ${column}) as p50,
           percentile_cont(0.95) within group (order by ${column}) as p95,
           percentile_cont(0.99) within group (order by ${column}) as p99
         from retrieval_events where workspace_id = $1 and backend = 'chroma'
         group by (occurred_at at time zone 'UTC')::date
         order by (occurred_at at time zone 'UTC')::date`,
        ...scope,
      )
      const drawn = (await asTable(title)).filter(([, p50]) => p50 !== "–")
      expect(drawn.map(([, ...cells]) => cells)).toEqual(
        days.map(({ p50, p95, p99 }) => [p50, p95, p99].map(inMilliseconds)),
      )
    }
    const counted = (await asTable("Distribution")).map(([, searches]) => Number(searches))
    expect(counted.reduce((sum, searches) => sum + searches, 0)).toBe(40)
    const failed = (await asTable("Searches")).map((cells) => Number(cells[2]))
    expect(failed.reduce((sum, searches) => sum + searches, 0)).toBe(4)
  })

  test("where no model was used there is a dash, not a zero", async () => {
    await page.goto(`${address}?backend=supabase`)
    await page.getByText("– No model was used").waitFor()
  })

  test("a search that is recorded while the page is open appears", async () => {
    await page.goto(`${address}?backend=chroma`)
    await shows("Searches", "40")
    await sql.select(
      `insert into retrieval_events (workspace_id, backend, search_kind, match_count, result_count,
         embedding_ms, database_ms, total_ms)
       values ($1, 'chroma', 'semantic', 10, 10, 4, 20, 24)`,
      ...scope,
    )
    await shows("Searches", "41")
  })

  test("a period without searches says so", async () => {
    await page.goto(`${address}?from=2020-01-01&to=2020-01-31`)
    await page.getByText("No search was recorded from 1 to 31 Jan 2020").waitFor()
  })

  test.each(["light", "dark"] as const)("is accessible and silent in %s", async (colorScheme) => {
    const themed = await openPage({ colorScheme })
    const errors = watchErrors(themed)
    await signIn(themed, product.demo)
    await themed.goto(`${address}?backend=chroma`)
    await themed.locator(".recharts-surface").first().waitFor()
    await expectAccessible(themed)
    errors.none()
  })
})
