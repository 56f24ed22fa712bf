import { availableParallelism, loadavg } from "node:os"
import { parseArgs } from "node:util"
import { chromium } from "playwright-core"
import { findChromium } from "./find-chromium.ts"
import { measurePages } from "./performance/measure-pages.ts"
import { measureScripts, mostBeforeUsable, mostInAll } from "./performance/measure-scripts.ts"
import { openLargeProduct } from "./performance/open-large-product.ts"
import { lighthouseCategories, runLighthouse } from "./performance/run-lighthouse.ts"
import { signIn } from "./sign-in.ts"

const usage = `pnpm performance: the dashboard's production build before native Postgres with a large bank.

  --memories N       in all, default 500000
  --workspaces N     default 20
  --runs N           requests a page, default 40
  --lighthouse-runs N  default 5; 0 leaves Lighthouse out
  --database-url URL a Postgres to fill, or one that an earlier run filled; default: a private one
`
const { values } = parseArgs({
  options: {
    memories: { type: "string", default: "500000" },
    workspaces: { type: "string", default: "20" },
    runs: { type: "string", default: "40" },
    "lighthouse-runs": { type: "string", default: "5" },
    "database-url": { type: "string" },
    help: { type: "boolean", short: "h" },
  },
})
const leastScore = 95
const workspacePages = [
  ...["overview", "memories", "traces", "latency", "playground", "migrations", "members"],
]

if (values.help) console.log(usage)
else process.exitCode = (await measurePerformance()) ? 0 : 1

/** Prints every figure; whether all bounds were kept. */
async function measurePerformance(): Promise<boolean> {
  await using resources = new AsyncDisposableStack()
  const size = { memories: Number(values.memories), workspaces: Number(values.workspaces) }
  printLoad("at the start")
  const product = await openLargeProduct({
    resources,
    size,
    databaseUrl: values["database-url"],
    log: (message) => console.log(message),
  })
  const found = await findChromium()
  const browser = await chromium.launch(found)
  resources.defer(() => browser.close())
  const context = await browser.newContext({ baseURL: product.url })
  const page = await context.newPage()
  await signIn(page, product.account)
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  await page.close()

  printLoad("before the requests")
  const arePagesQuick = await measurePages({
    ...{ url: product.url, cookie, sql: product.sql, workspaces: size.workspaces },
    ...{ runs: Number(values.runs), print: (line) => console.log(line) },
  })

  console.log("\nJavaScript of a page, gzipped (kB)       before usable   in all")
  let areScriptsLight = true
  for (const name of [...workspacePages, "map"]) {
    const tab = await context.newPage()
    const weight = await measureScripts({ page: tab, path: `/w/large-0/${name}` })
    await tab.close()
    const isLight =
      weight.beforeUsable <= mostBeforeUsable && (name === "map" || weight.inAll <= mostInAll)
    areScriptsLight &&= isLight
    const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(0).padStart(8)
    console.log(
      `${name.padEnd(40)} ${kilobytes(weight.beforeUsable)}      ${kilobytes(weight.inAll)}  ${isLight ? "" : `MISSES ${mostBeforeUsable / 1_000} or ${mostInAll / 1_000}`}`,
    )
  }

  const runs = Number(values["lighthouse-runs"])
  let areScoresHigh = true
  if (runs > 0) {
    console.log(
      `\nLighthouse, median of ${runs}                   ${lighthouseCategories.join("  ")}`,
    )
    for (const formFactor of ["desktop", "mobile"] as const) {
      for (const name of ["overview", "memories"]) {
        const { scores, faults } = await runLighthouse({
          ...{ url: `${product.url}/w/large-0/${name}`, cookie, found, runs, formFactor },
        })
        const isHigh = lighthouseCategories.every((category) => scores[category] >= leastScore)
        if (formFactor === "desktop") areScoresHigh &&= isHigh
        const shown = lighthouseCategories.map((category) =>
          scores[category].toFixed(0).padStart(category.length),
        )
        console.log(
          `${`${name}, ${formFactor}`.padEnd(40)} ${shown.join("  ")}  ${isHigh ? "" : `below ${leastScore}: ${faults.join(", ")}`}`,
        )
      }
    }
  }
  printLoad("at the end")
  return arePagesQuick && areScriptsLight && areScoresHigh
}

function printLoad(when: string) {
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(`Load ${when}: ${load.join(", ")} on ${availableParallelism()} cores.`)
}
