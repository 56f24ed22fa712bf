import { findFreePort } from "@reasoningbank/native-postgres"
import lighthouse, { desktopConfig } from "lighthouse"
import { chromium } from "playwright-core"
import type { Chromium } from "../find-chromium.ts"
import { medianOf } from "./measured.ts"

export const lighthouseCategories = ["performance", "accessibility", "best-practices"] as const

export type LighthouseScores = Record<(typeof lighthouseCategories)[number], number>

/** Median scores, 0 to 100, of so many runs for a signed-in user, each in a browser of its own. */
export async function runLighthouse({
  url,
  cookie,
  found,
  runs,
  formFactor,
}: {
  url: string
  cookie: string
  found: Chromium
  runs: number
  formFactor: "desktop" | "mobile"
}): Promise<{ scores: LighthouseScores; faults: string[] }> {
  const scores = lighthouseCategories.map((): number[] => [])
  const faults = new Set<string>()
  for (let run = 0; run < runs; run++) {
    const port = await findFreePort()
    const browser = await chromium.launch({
      executablePath: found.executablePath,
      args: [...found.args, `--remote-debugging-port=${port}`],
    })
    try {
      const result = await lighthouse(
        url,
        {
          port,
          logLevel: "error",
          onlyCategories: [...lighthouseCategories],
          extraHeaders: { cookie },
        },
        formFactor === "desktop" ? desktopConfig : undefined,
      )
      const report = result?.lhr
      if (report === undefined || report.runtimeError !== undefined) {
        throw new Error(`Lighthouse could not judge ${url}: ${report?.runtimeError?.message}`)
      }
      lighthouseCategories.forEach((category, place) => {
        scores[place]?.push(100 * (report.categories[category]?.score ?? 0))
      })
      for (const category of lighthouseCategories) {
        for (const { id, weight } of report.categories[category]?.auditRefs ?? []) {
          const { score = null, displayValue = "" } = report.audits[id] ?? {}
          if (weight > 0 && score !== null && score < 0.9)
            faults.add(`${id} ${displayValue}`.trim())
        }
      }
    } finally {
      await browser.close()
    }
  }
  const median = (place: number) => medianOf(scores[place] ?? [])
  return {
    scores: { performance: median(0), accessibility: median(1), "best-practices": median(2) },
    faults: [...faults],
  }
}
