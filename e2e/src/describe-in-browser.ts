import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { findChromium } from "./find-chromium.ts"
import type { Product } from "./start-product.ts"

export type BrowserTools = {
  product: Product
  /** A page of a browser profile of its own: its own cookies. What it logs as an error fails the test. */
  openPage(options?: Parameters<Browser["newContext"]>[0]): Promise<Page>
}

/**
 * A `describe` block with a real Chromium and the running product. Where no Chromium can be had the block's one test is
 * skipped with the reason, which is a failure when CI=true.
 */
export function describeInBrowser(name: string, define: (tools: BrowserTools) => void): void {
  describe(name, async () => {
    const found = await findChromium().catch((error: Error) => error)
    if (found instanceof Error) {
      test("needs a Chromium", ({ skip }) => skip(found.message))
      return
    }
    const product = inject("product")
    const contexts: BrowserContext[] = []
    let browser: Browser
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: found.executablePath, args: found.args })
    })
    afterAll(async () => {
      await browser?.close()
    })
    define({
      product,
      openPage: async (options) => {
        const context = await browser.newContext({
          baseURL: product.url,
          reducedMotion: "reduce",
          ...options,
        })
        contexts.push(context)
        context.setDefaultTimeout(30_000)
        return context.newPage()
      },
    })
  })
}

/** What the page said went wrong: errors in its console, uncaught ones, and what the content policy refused. */
export function watchErrors(page: Page): { none(): void } {
  const errors: string[] = []
  page.on("pageerror", (error) => errors.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text())
  })
  return { none: () => expect(errors).toEqual([]) }
}
