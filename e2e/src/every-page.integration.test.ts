import axe from "axe-core"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { type PageUnderTest, pages } from "./pages.ts"
import { signIn } from "./sign-in.ts"

/** What axe finds, as `rule: element`. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: inPage }: { axe: typeof axe } = Object(globalThis)
    const { violations } = await inPage.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

/** With what was found: the assertion's message shortens it. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const actual = "actual" in error ? `: ${JSON.stringify(error.actual)}` : ""
  return `${error.message}${actual}`
}

async function checkPage({ page, path }: { page: Page; path: string }) {
  await page.goto(path, { waitUntil: "networkidle" })
  await page.getByRole("heading", { level: 1 }).waitFor()
  expect(await findBarriers(page), "light").toEqual([])
  await page.emulateMedia({ colorScheme: "dark" })
  expect(await findBarriers(page), "dark").toEqual([])
  await page.setViewportSize({ width: 360, height: 780 })
  expect(await findBarriers(page), "narrow").toEqual([])
  const overhang = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  )
  expect(overhang, "pixels that stand out sideways at 360").toBe(0)
}

describeInBrowser("every page", ({ openPage, product }) => {
  const check = (isSignedIn: boolean) => async () => {
    const page = await openPage({ colorScheme: "light" })
    let workspace = ""
    if (isSignedIn) {
      await signIn(page, product.demo)
      const link = page.getByRole("main").getByRole("link", { name: "Harbor Pipeline" }).first()
      workspace = ((await link.getAttribute("href")) ?? "").split("/").slice(0, 3).join("/")
    }
    const found: Record<string, string> = {}
    const checked = pages.filter((candidate: PageUnderTest) => candidate.isSignedIn === isSignedIn)
    for (const { name, path, isMissing = false } of checked) {
      const tab = await page.context().newPage()
      const errors = watchErrors(tab)
      try {
        await checkPage({ page: tab, path: path(workspace) })
        // The browser itself logs the status of a page that is not there.
        if (!isMissing) errors.none()
      } catch (error) {
        found[name] = describeFailure(error)
      }
      await tab.close()
    }
    expect(found).toEqual({})
  }

  test(
    "for guests is without barriers in both themes, fits 360 pixels and logs no error",
    {
      timeout: 240_000,
    },
    check(false),
  )

  test(
    "for members is without barriers in both themes, fits 360 pixels and logs no error",
    {
      timeout: 480_000,
    },
    check(true),
  )
})
