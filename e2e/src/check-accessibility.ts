import type { Page } from "playwright-core"
import { expectAccessible } from "./expect-accessible.ts"

const themes = ["light", "dark"] as const

/** Wants no violation on the page as it stands, in either theme. */
export async function checkAccessibility(page: Page): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html.${colorScheme}`).waitFor()
    await expectAccessible(page)
  }
}
