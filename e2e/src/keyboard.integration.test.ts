import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { signIn } from "./sign-in.ts"

/** Presses Tab until the focus is on what is called so. */
async function tabTo({ page, name }: { page: Page; name: RegExp }) {
  const passed: string[] = []
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab")
    const focused = await page.evaluate<string>(`(() => {
      const element = document.activeElement
      const [label] = element?.labels ?? []
      return element?.getAttribute("aria-label") ?? label?.textContent ?? element?.textContent ?? ""
    })()`)
    if (name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(" | ")}`)
}

/** Presses a key until that item of the open menu is chosen: a menu listens once it has the focus. */
async function pressUntil({ page, key, name }: { page: Page; key: string; name: RegExp }) {
  await page.getByRole("menuitem", { name }).waitFor()
  await expect
    .poll(async () => {
      await page.keyboard.press(key)
      return page.evaluate<string>("document.activeElement?.textContent ?? ''")
    })
    .toMatch(name)
}

describeInBrowser("the keyboard", ({ openPage, product }) => {
  test("is enough from signing in to signing out", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await page.goto("/login")
    await tabTo({ page, name: /^E-mail/ })
    await page.keyboard.type(product.demo.email)
    await tabTo({ page, name: /^Password/ })
    await page.keyboard.type(product.demo.password)
    await page.keyboard.press("Enter")
    await page.waitForURL("**/workspaces")
    await tabTo({ page, name: /^Skip to the page/ })
    await page.keyboard.press("Enter")
    await tabTo({ page, name: /Harbor Pipeline/ })
    await page.keyboard.press("Enter")
    await page.waitForURL("**/w/*/overview")
    await tabTo({ page, name: /Workspace: Harbor Pipeline/ })
    await page.keyboard.press("Enter")
    await pressUntil({ page, key: "n", name: /Northwind Shop/ })
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: /Workspace: Northwind Shop/ }).waitFor()
    await tabTo({ page, name: /^Account of/ })
    await page.keyboard.press("Enter")
    await pressUntil({ page, key: "End", name: /Sign out/ })
    await page.keyboard.press("Enter")
    await page.waitForURL("**/login")
    errors.none()
  })

  test("opens the palette, the sheet, and pages by two keys", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, product.demo)
    await page.waitForURL("**/workspaces")
    const palette = page.getByRole("dialog", { name: "Search and commands" })
    // The page listens once its scripts have come.
    await expect
      .poll(
        async () => {
          await page.keyboard.press("Control+k")
          return palette.isVisible()
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true)
    await page.keyboard.type("ember")
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: /Workspace: Emberforge Engine/ }).waitFor()
    await page.keyboard.press("g")
    await page.keyboard.press("e")
    await page.waitForURL("**/members")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("retry & charge")
    await page.getByRole("option", { name: "Search the memories for “retry & charge”" }).waitFor()
    await page.keyboard.press("Enter")
    await page.waitForURL("**/memories?q=retry*")
    expect(new URL(page.url()).searchParams.get("q")).toBe("retry & charge")
    await page.getByRole("heading", { level: 1 }).waitFor()
    await page.locator("body").press("?")
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("dialog").waitFor({ state: "detached" })
    errors.none()
  })
})
