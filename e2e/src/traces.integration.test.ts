import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { makeBank } from "./make-bank.ts"
import { signIn } from "./sign-in.ts"

const patiently = { timeout: 30_000 }

describeInBrowser("traces", ({ openPage, product }) => {
  test("listed, filtered, opened, on a phone too, and exported as the database has them", async () => {
    const lesson = {
      id: randomUUID(),
      title: "Look at the log of the provider first",
      content: "It says within a minute whether the money was captured.",
    }
    const bank = await makeBank({ product, memories: [lesson] })
    const page = await openPage({ viewport: { width: 360, height: 780 } })
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/traces?outcome=success`)
    await page.getByText("No trace matches").waitFor()
    await page.goto(`${bank.path}/traces?outcome=failure`)
    const rows = page.getByRole("list", { name: "Traces" }).getByRole("listitem")
    await expect.poll(() => rows.count(), patiently).toBe(1)
    await checkAccessibility(page)
    await rows.getByRole("link").click()
    await page.getByText("Iteration 1").waitFor()
    await page.getByText("Look at the log", { exact: true }).waitFor()
    await page.getByRole("link", { name: lesson.title }).waitFor()
    await checkAccessibility(page)
    const overflow = await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    )
    expect(overflow).toBe(0)
    const response = await page.request.get(`${bank.path}/traces/export?format=json`)
    const stored = await bank.readRows(
      `reasoning_traces?workspace_id=eq.${bank.workspaceId}&select=id,task,outcome,metadata,created_at,source_id`,
    )
    expect(await response.json()).toEqual(stored.map((row) => ({ ...row, memory_items: 1 })))
    errors.none()
  })
})
