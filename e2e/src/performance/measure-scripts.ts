import type { Page } from "playwright-core"

export type ScriptWeight = {
  /** Bytes of JavaScript, compressed, that were asked for before the page answered to its user. */
  beforeUsable: number
  /** And everything that came afterwards by itself. */
  inAll: number
  usableAfterInMs: number
}

export const mostBeforeUsable = 200_000
export const mostInAll = 350_000

const chartsWaitInMs = 3_000

/**
 * Opens an address with an empty cache and weighs the scripts it fetches. A page is usable when React has taken over its
 * controls: the last button of the page carries React's handlers.
 */
export async function measureScripts({
  page,
  path,
}: {
  page: Page
  path: string
}): Promise<ScriptWeight> {
  const session = await page.context().newCDPSession(page)
  await session.send("Network.setCacheDisabled", { cacheDisabled: true })
  await page.goto(path, { waitUntil: "commit" })
  const usable = await page.waitForFunction(() => {
    const { document, performance } = Object(globalThis)
    const controls = [...document.querySelectorAll("main button, header button")]
    const isTaken = (control: object) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps"))
    return document.querySelector("h1") !== null && controls.length > 0 && controls.every(isTaken)
      ? performance.now()
      : null
  })
  const usableAt = Number(await usable.jsonValue())
  await page.waitForLoadState("networkidle")
  // Charts wait for an idle moment, at most two seconds.
  await page.waitForTimeout(chartsWaitInMs)
  await page.waitForLoadState("networkidle")
  const scripts: { start: number; bytes: number }[] = await page.evaluate(() =>
    Object(globalThis)
      .performance.getEntriesByType("resource")
      .filter(({ name }: { name: string }) => new URL(name).pathname.endsWith(".js"))
      .map((entry: { startTime: number; encodedBodySize: number }) => ({
        start: entry.startTime,
        bytes: entry.encodedBodySize,
      })),
  )
  await session.detach()
  const sum = (counted: typeof scripts) => counted.reduce((total, { bytes }) => total + bytes, 0)
  return {
    beforeUsable: sum(scripts.filter(({ start }) => start < usableAt)),
    inAll: sum(scripts),
    usableAfterInMs: usableAt,
  }
}
