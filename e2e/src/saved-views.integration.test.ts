import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { makeBank } from "./make-bank.ts"
import { signIn } from "./sign-in.ts"

const memories = [
  {
    id: "5a0c9a52-6a04-4d0f-8a57-1f4cf4e9d101",
    title: "Retry with a key",
    content: "Once",
    domain_category: "api",
  },
  {
    id: "5a0c9a52-6a04-4d0f-8a57-1f4cf4e9d102",
    title: "Count in one place",
    content: "Twice",
    domain_category: "sql",
  },
]

async function save({ page, name }: { page: Page; name: string }) {
  await page.getByRole("button", { name: "Views", exact: true }).click()
  await page.getByRole("menuitem", { name: "Save this view …" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill(name)
  await page.getByRole("button", { name: "Save", exact: true }).click()
}

describeInBrowser("saved views", ({ openPage, product }) => {
  test("are saved, opened from the palette, renamed, deleted, and brought back", async () => {
    const bank = await makeBank({
      product,
      memories: memories.map((memory) => ({ ...memory, id: crypto.randomUUID() })),
    })
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories?domain=api`)
    await save({ page, name: "Of the API" })
    await page.getByRole("button", { name: "Of the API" }).waitFor()
    await checkAccessibility(page)
    const [row] = await bank.readRows(`saved_views?workspace_id=eq.${bank.workspaceId}`)
    expect(row).toMatchObject({ name: "Of the API", page: "memories", query: "domain=api" })

    await page.goto(`${bank.path}/memories?domain=sql`)
    await save({ page, name: "Of the API" })
    await page.getByText("You have a view called “Of the API” already.").waitFor()
    await page.keyboard.press("Escape")

    await page.goto(`${bank.path}/overview`)
    await page.getByRole("button", { name: "Search" }).click()
    await page.getByRole("option", { name: "Of the API · Memories" }).click()
    await page.waitForURL("**/memories?domain=api")
    await page.getByText("Retry with a key").waitFor()
    expect(await page.getByText("Count in one place").count()).toBe(0)

    await page.getByRole("button", { name: "Of the API" }).click()
    await page.getByRole("menuitem", { name: "Rename or delete …" }).click()
    await page.getByRole("textbox", { name: "Name of Of the API" }).fill("API only")
    await page.getByRole("button", { name: "Rename" }).click()
    await page.getByRole("button", { name: "Delete API only" }).click()
    await page.getByText("No view is left.").waitFor()
    expect(await bank.readRows(`saved_views?workspace_id=eq.${bank.workspaceId}`)).toEqual([])
    await page.getByRole("button", { name: "Undo" }).click()
    await page.getByRole("textbox", { name: "Name of API only" }).waitFor()
    errors.none()
  })

  test("are seen by nobody else, and a stranger can neither read nor save any", async () => {
    const bank = await makeBank({
      product,
      memories: memories.map((memory) => ({ ...memory, id: crypto.randomUUID() })),
    })
    const owner = await openPage()
    await signIn(owner, bank.owner)
    await owner.goto(`${bank.path}/traces?outcome=failure`)
    await save({ page: owner, name: "Secret view" })
    await owner.getByRole("button", { name: "Secret view" }).waitFor()
    const viewer = await openPage()
    await signIn(viewer, await bank.addMember("viewer"))
    await viewer.goto(`${bank.path}/traces?outcome=failure`)
    await save({ page: viewer, name: "Secret view" })
    await viewer.getByRole("button", { name: "Secret view" }).waitFor()
    const rows = await bank.readRows(
      `saved_views?workspace_id=eq.${bank.workspaceId}&select=user_id`,
    )
    expect(new Set(rows.map(({ user_id }) => user_id)).size).toBe(2)

    const stranger = await openPage()
    await signIn(stranger, product.demo)
    const answer = await stranger.goto(`${bank.path}/views`)
    expect(answer?.status()).toBe(404)
    expect(await stranger.content()).not.toContain("Secret view")
  })
})
