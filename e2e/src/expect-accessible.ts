import { source } from "axe-core"
import type { Page } from "playwright-core"
import { expect } from "vitest"

/** Fails with what axe finds wrong on the page as it stands: WCAG 2.2 A and AA, and its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated by the browser's debugger, so the page's own content policy stays as it is.
  await page.evaluate(source)
  const violations = await page.evaluate<string[]>(
    `axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + " at " + target.join(" ") + ": " + failureSummary)))`,
  )
  expect(violations).toEqual([])
}
