import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { makeBank } from "./make-bank.ts"
import { signIn } from "./sign-in.ts"

/** A vector near one of two corners. */
function vectorOf(index: number): number[] {
  return Array.from({ length: 384 }, (_, column) =>
    column === (index % 2) * 200 ? 1 : Math.sin(index * 7.3 + column) * 0.02,
  )
}

const makeMemories = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: crypto.randomUUID(),
    title: `Lesson ${index} of ${index % 2 === 0 ? "baking" : "sailing"}`,
    content: "Something learned",
    domain_category: index % 2 === 0 ? "baking" : "sailing",
    content_embedding: vectorOf(index),
    embedding_model: "all-MiniLM-L6-v2",
  }))

const map = (page: Page) => page.getByRole("application")
const chosen = (page: Page) => page.getByRole("region", { name: "Chosen memories" })

describeInBrowser("the map", ({ openPage, product }) => {
  test("is computed, kept, drawn, lists what is chosen by lasso and keyboard, and says when it is out of date", async () => {
    const bank = await makeBank({ product, memories: makeMemories(24) })
    const page = await openPage({ viewport: { width: 1280, height: 900 } })
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/map`)
    await page.getByText(/^Up to date, computed/).waitFor({ timeout: 60_000 })
    const [row] = await bank.readRows(`memory_maps?workspace_id=eq.${bank.workspaceId}`)
    expect(row).toMatchObject({ source_vectors: 24, method: "umap" })
    expect(row?.ids).toHaveLength(24)
    await map(page).waitFor()
    await checkAccessibility(page)

    // By keyboard alone.
    await map(page).focus()
    await page.keyboard.press("Enter")
    await chosen(page).getByRole("heading", { name: "24 memories in view" }).waitFor()
    await chosen(page)
      .getByRole("link", { name: /Lesson/ })
      .first()
      .waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("heading", { name: "Choose memories to list them here" }).waitFor()

    // What means alike lies together: of the nearest neighbours on the map most are of the same domain.
    const { ids = [], x = [], y = [] } = row as { ids: string[]; x: number[]; y: number[] }
    const titles = new Map(
      (
        await bank.readRows(
          `memory_items?workspace_id=eq.${bank.workspaceId}&select=id,domain_category`,
        )
      ).map((item) => [`${item.id}`, item.domain_category]),
    )
    const alike = ids.filter((id, one) => {
      const distances = ids.map((_, other) =>
        Math.hypot((x[one] ?? 0) - (x[other] ?? 0), (y[one] ?? 0) - (y[other] ?? 0)),
      )
      const [, nearest = 0] = [...ids.keys()].sort(
        (a, b) => (distances[a] ?? 0) - (distances[b] ?? 0),
      )
      return titles.get(id) === titles.get(ids[nearest] ?? "")
    })
    expect(alike.length).toBeGreaterThan(20)

    // A lasso around everything.
    await page.getByRole("button", { name: "Lasso" }).click()
    const box = await map(page).boundingBox()
    const { x: left, y: top, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
    const corners = [
      [4, 4],
      [width - 4, 4],
      [width - 4, height - 4],
      [4, height - 4],
      [4, 40],
    ] as const
    await page.mouse.move(left + 4, top + 4)
    await page.mouse.down()
    for (const [dx, dy] of corners) await page.mouse.move(left + dx, top + dy, { steps: 4 })
    await page.mouse.up()
    await chosen(page).getByRole("heading", { name: "24 memories in the lasso" }).waitFor()
    await page.getByRole("button", { name: /^sailing/ }).click()
    await chosen(page).getByRole("heading", { name: "12 memories · sailing" }).waitFor()
    await page.getByRole("button", { name: "Zoom in" }).click()
    await page.waitForURL(/view=/)
    await page.getByRole("combobox", { name: "Colour" }).click()
    await page.getByRole("option", { name: "By outcome" }).click()
    await page.waitForURL(/by=outcome/)
    await page.getByRole("button", { name: /^Failure/ }).waitFor()

    // A vector changes: a viewer is told, an editor's visit computes it anew.
    await bank.changeRows(
      `memory_items?workspace_id=eq.${bank.workspaceId}&title=eq.Lesson 3 of sailing`,
      {
        content_embedding: JSON.stringify(vectorOf(40)),
      },
    )
    const viewer = await openPage()
    await signIn(viewer, await bank.addMember("viewer"))
    await viewer.goto(`${bank.path}/map`)
    await viewer
      .getByText(/vectors changed since. It is computed anew when an editor opens/)
      .waitFor()
    await page.reload()
    await page.getByText(/^Up to date, computed/).waitFor({ timeout: 60_000 })
    const [after] = await bank.readRows(`memory_maps?workspace_id=eq.${bank.workspaceId}`)
    expect(after?.source_digest).not.toBe(row?.source_digest)
    errors.none()
  })

  test("lists its groups where the browser can not draw", async () => {
    const bank = await makeBank({ product, memories: makeMemories(8) })
    const page = await openPage()
    await page.addInitScript("HTMLCanvasElement.prototype.getContext = () => null")
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/map`)
    await page.getByText("This browser can not draw the map.").waitFor({ timeout: 60_000 })
    await page.getByRole("button", { name: /^baking/ }).click()
    await chosen(page)
      .getByRole("link", { name: /of baking/ })
      .first()
      .waitFor()
    expect(await chosen(page).getByRole("link").count()).toBe(4)
    await checkAccessibility(page)
  })

  test("is neither shown to strangers nor computed for viewers or from other sites", async () => {
    const bank = await makeBank({ product, memories: makeMemories(6) })
    const cookiesOf = async (account: { email: string; password: string }) => {
      const page = await openPage()
      await signIn(page, account)
      return (await page.context().cookies())
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ")
    }
    const job = `${product.url}${bank.path}/map/job?model=all-MiniLM-L6-v2`
    const post = async (cookie: string, origin: string) =>
      (await fetch(job, { method: "POST", headers: { cookie, origin }, redirect: "manual" })).status
    const owner = await cookiesOf(bank.owner)
    expect(await post(owner, "https://evil.example")).toBe(403)
    expect(await post(await cookiesOf(await bank.addMember("viewer")), product.url)).toBe(403)
    const stranger = await cookiesOf(product.demo)
    expect(await post(stranger, product.url)).toBe(404)
    for (const route of ["points?model=all-MiniLM-L6-v2", "job?model=all-MiniLM-L6-v2"]) {
      const answer = await fetch(`${product.url}${bank.path}/map/${route}`, {
        headers: { cookie: stranger },
      })
      expect(answer.status, route).toBe(404)
    }
    const [item] = await bank.readRows(`memory_items?workspace_id=eq.${bank.workspaceId}&limit=1`)
    const own = await fetch(`${product.url}${bank.path}/map/memories?ids=${item?.id}`, {
      headers: { cookie: owner },
    })
    expect(await own.text()).toContain("Lesson")
    expect(await bank.readRows(`memory_maps?workspace_id=eq.${bank.workspaceId}`)).toEqual([])
  })
})
