import { randomUUID } from "node:crypto"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { makeBank } from "./make-bank.ts"
import { signIn } from "./sign-in.ts"

const patiently = { timeout: 30_000 }

const charge = {
  id: randomUUID(),
  ordinal: 0,
  title: "Never retry a charge without an idempotency key",
  description: "A timed-out request may already have charged the card.",
  content: "A timeout only means that the answer was not seen. **Retry** only what is safe.",
  error_context: {
    error_type: "duplicate_side_effect",
    failure_pattern: "The wrapper repeats the request",
    corrective_guidance: "Send an idempotency key",
    seen: 2,
  },
  pattern_tags: ["retries", "http"],
  difficulty_level: "moderate",
  domain_category: "payments",
  created_at: "2026-11-02T10:00:00Z",
}

const queue = {
  id: randomUUID(),
  ordinal: 1,
  title: "One job queue stops scaling at four threads",
  description: "Eight threads fought for one lock.",
  content: "Give each worker a queue of its own and let idle ones steal from the others.",
  pattern_tags: ["threading"],
  difficulty_level: "expert",
  domain_category: "performance",
  evolution_stage: 2,
  created_at: "2026-11-03T10:00:00Z",
}

const hostile = {
  id: randomUUID(),
  ordinal: 2,
  title: '<script>window.wasRun = "title"</script> =1+1',
  description: "<img src=x onerror=\"window.wasRun = 'description'\">",
  content:
    '<img src=x onerror="window.wasRun = \'content\'"> <script>window.wasRun = 1</script> [click](javascript:window.wasRun=1) ![pixel](https://example.com/pixel.png) <iframe src="https://example.com"></iframe>',
  error_context: { error_type: "<svg onload=\"window.wasRun = 'error'\">" },
  pattern_tags: ["<b>tag</b>", "=cmd"],
  domain_category: '=HYPERLINK("https://example.com")',
  created_at: "2026-11-04T10:00:00Z",
}

describeInBrowser("memories", ({ openPage, product }) => {
  const openBank = async () => {
    const memories = [charge, queue, hostile].map((memory) => ({ ...memory, id: randomUUID() }))
    const bank = await makeBank({ product, memories })
    const [{ id: chargeId = "" } = {}, , { id: hostileId = "" } = {}] = memories
    return { bank, chargeId, hostileId }
  }
  const rowsOf = (page: Page) => page.getByRole("list", { name: "Memories" }).getByRole("listitem")

  test("searched as one types, with the words marked, and recorded", async () => {
    const { bank } = await openBank()
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories?mode=keyword`)
    await expect.poll(() => rowsOf(page).count(), patiently).toBe(3)
    const isFocused = () =>
      page.getByRole("searchbox").evaluate((field) => field.ownerDocument.activeElement === field)
    const pressSlash = async () => {
      if (!(await isFocused())) await page.keyboard.press("/")
      return isFocused()
    }
    await expect.poll(pressSlash, patiently).toBe(true)
    await page.keyboard.type("idempotency ret")
    await page.waitForURL("**/memories?**q=idempotency+ret**")
    await page.getByText("1 memory, by words").waitFor()
    for (const word of ["idempotency", "retry"]) {
      await rowsOf(page).locator("mark", { hasText: word }).first().waitFor()
    }
    await rowsOf(page).getByText("words #1").waitFor()
    await checkAccessibility(page)
    const events = () =>
      bank.readRows(
        `retrieval_events?workspace_id=eq.${bank.workspaceId}&search_kind=eq.keyword&result_count=eq.1&error_code=is.null`,
      )
    await expect.poll(async () => (await events()).length, patiently).toBeGreaterThan(0)
    await rowsOf(page).getByRole("link").click()
    await page.getByRole("heading", { level: 1, name: charge.title }).waitFor()
    await page.goBack()
    await page.getByText("1 memory, by words").waitFor()
    expect(await page.getByRole("searchbox").inputValue()).toBe("idempotency ret")
    errors.none()
  })

  test("without vectors a search by meaning still answers", async () => {
    const { bank } = await openBank()
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories?q=queue`)
    await rowsOf(page).getByText(queue.title).waitFor()
    errors.none()
  })

  test("filters live in the address and leave what the database would", async () => {
    const { bank } = await openBank()
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories`)
    await page.getByRole("combobox", { name: "Domain" }).click()
    await page.getByRole("option", { name: /payments/ }).click()
    await page.keyboard.press("Escape")
    await page.waitForURL("**/memories?domain=payments")
    await expect.poll(() => rowsOf(page).count(), patiently).toBe(1)
    await page.getByRole("button", { name: "Clear" }).click()
    await expect.poll(() => rowsOf(page).count(), patiently).toBe(3)
    for (const [query, count] of [
      ["errors=only", 2],
      ["errors=without", 1],
      ["tag=retries&tag=threading", 2],
      ["stage=2", 1],
      ["stage=1%2B", 1],
      ["from=2026-11-03&to=2026-11-03", 1],
      ["from=2026-11-03", 2],
      ["difficulty=expert", 1],
      ["outcome=success", 0],
    ] as const) {
      await page.goto(`${bank.path}/memories?${query}`)
      await page.getByRole("heading", { level: 1 }).waitFor()
      if (count === 0) await page.getByText("No memory matches").waitFor()
      else expect(await rowsOf(page).count(), query).toBe(count)
    }
    errors.none()
  })

  test("edited, undone, and refused when somebody else was faster", async () => {
    const { bank, chargeId } = await openBank()
    const stored = async () =>
      (
        await bank.readRows(
          `memory_items?id=eq.${chargeId}&select=title,error_context,pattern_tags`,
        )
      )[0]
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories/${chargeId}`)
    await page.getByText("Duplicate side effect").waitFor()
    await checkAccessibility(page)
    await page.getByRole("button", { name: "Edit" }).click()
    await page.getByLabel("Title").fill("Idempotency keys before retries")
    await page.getByLabel("What to do instead").fill("Make the key in the browser")
    await checkAccessibility(page)
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("heading", { level: 1, name: "Idempotency keys before retries" }).waitFor()
    expect(await stored()).toMatchObject({
      title: "Idempotency keys before retries",
      error_context: {
        ...charge.error_context,
        corrective_guidance: "Make the key in the browser",
      },
    })
    await page.getByRole("button", { name: "Undo" }).click()
    await page.getByRole("heading", { level: 1, name: charge.title }).waitFor()
    expect(await stored()).toMatchObject({ error_context: charge.error_context })

    await page.getByRole("button", { name: "Edit" }).click()
    await page.getByLabel("Title").fill("Typed meanwhile")
    await bank.changeRows(`memory_items?id=eq.${chargeId}`, { title: "Changed by somebody else" })
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("dialog").getByText("was changed by somebody else meanwhile").waitFor()
    expect(await page.getByLabel("Title").inputValue()).toBe("Typed meanwhile")
    expect(await stored()).toMatchObject({ title: "Changed by somebody else" })
    await page.getByRole("button", { name: "Show the other version" }).click()
    await page.getByRole("heading", { level: 1, name: "Changed by somebody else" }).waitFor()

    await page.getByRole("button", { name: "Remove tag http" }).click()
    await page.getByText("Tags saved").waitFor()
    await page.getByRole("button", { name: "Add tag" }).click()
    await page.getByLabel("New tag").fill("payments")
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: "Remove tag payments" }).waitFor()
    await expect.poll(stored, patiently).toMatchObject({ pattern_tags: ["retries", "payments"] })
    errors.none()
  })

  test("deleted after the time to undo, brought back before", async () => {
    const { bank, chargeId } = await openBank()
    const stored = async () =>
      (await bank.readRows(`memory_items?id=eq.${chargeId}&select=id`)).length
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    await page.goto(`${bank.path}/memories/${chargeId}`)
    await page.getByRole("button", { name: "Delete" }).click()
    await page.waitForURL("**/memories")
    await expect.poll(() => rowsOf(page).count(), patiently).toBe(2)
    await page.getByRole("button", { name: "Undo" }).click()
    await expect.poll(() => rowsOf(page).count(), patiently).toBe(3)
    expect(await stored()).toBe(1)
    await page.goto(`${bank.path}/memories/${chargeId}`)
    await page.getByRole("button", { name: "Delete" }).click()
    await page.waitForURL("**/memories")
    await page.goto(`${bank.path}/traces`)
    await expect.poll(stored, patiently).toBe(0)
    errors.none()
  })

  test("a viewer sees no controls, and the server refuses anyway", async () => {
    const { bank, chargeId } = await openBank()
    const viewer = await bank.addMember("viewer")
    const page = await openPage()
    await signIn(page, viewer)
    await page.goto(`${bank.path}/memories/${chargeId}`)
    await page.getByRole("heading", { level: 1, name: charge.title }).waitFor()
    for (const name of ["Edit", "Delete", "Add tag", "Remove tag http"]) {
      expect(await page.getByRole("button", { name }).count(), name).toBe(0)
    }
    const answer = await page.evaluate(async (address) => {
      const response = await fetch(address, { method: "DELETE" })
      return { status: response.status, body: await response.json() }
    }, `${bank.path}/memories/${chargeId}/row`)
    expect(answer).toMatchObject({
      status: 403,
      body: { message: "Your role does not allow deleting memories." },
    })
    expect(await bank.readRows(`memory_items?id=eq.${chargeId}&select=id`)).toHaveLength(1)
  })

  test("an agent's text stays text", async () => {
    const { bank, hostileId } = await openBank()
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, bank.owner)
    for (const address of [
      "/memories",
      "/memories?mode=keyword&q=script",
      `/memories/${hostileId}`,
      `/traces/${bank.traceId}`,
    ]) {
      await page.goto(`${bank.path}${address}`)
      await page.getByText('<script>window.wasRun = "title"</script>').first().waitFor()
      expect(await page.evaluate(() => "wasRun" in globalThis)).toBe(false)
      const main = page.getByRole("main")
      expect(await main.locator("script, iframe, img, [onerror], [onload]").count()).toBe(0)
      expect(await main.locator('a[href^="javascript"]').count()).toBe(0)
    }
    errors.none()
  })

  test("an export holds what the database holds, and no formula", async () => {
    const { bank } = await openBank()
    const page = await openPage()
    await signIn(page, bank.owner)
    const stored = await bank.readRows(
      `memory_items?workspace_id=eq.${bank.workspaceId}&order=created_at.desc&select=id,title,description,content,error_context,pattern_tags,difficulty_level,domain_category,evolution_stage,created_at,updated_at,trace_id,source_id`,
    )
    const download = async (query: string) => {
      const response = await page.request.get(`${bank.path}/memories/export?${query}`)
      expect(response.status()).toBe(200)
      expect(response.headers()["content-disposition"]).toContain("attachment")
      expect(response.headers()["cache-control"]).toContain("no-store")
      return response.text()
    }
    const json: unknown[] = JSON.parse(await download("format=json"))
    expect(json).toHaveLength(stored.length)
    for (const [place, row] of stored.entries()) expect(json[place]).toMatchObject(row)
    const lines = (await download("format=jsonl")).trimEnd().split("\n")
    expect(lines.map((line) => JSON.parse(line))).toEqual(json)
    const csv = await download("format=csv")
    expect(csv.startsWith("\uFEFFid,title,")).toBe(true)
    expect(csv).toContain(`"'=HYPERLINK(""https://example.com"")"`)
    expect(await download("format=csv&formulas=keep")).toContain(`,"=HYPERLINK(`)
    expect(JSON.parse(await download("format=json&domain=payments"))).toHaveLength(1)
    expect((await page.request.get(`${bank.path}/memories/export?format=xml`)).status()).toBe(400)
  })

  test("what others have is not found, whatever address is guessed", async () => {
    const [{ bank, chargeId }, other] = [await openBank(), await openBank()]
    const page = await openPage()
    await signIn(page, other.bank.owner)
    for (const address of [
      `${bank.path}/memories/${chargeId}`,
      `${other.bank.path}/memories/${chargeId}`,
      `${bank.path}/traces/${bank.traceId}`,
      `${other.bank.path}/traces/${bank.traceId}`,
      `${other.bank.path}/memories/no-uuid`,
    ]) {
      await page.goto(address)
      await page.getByText("There is nothing here for you").waitFor()
    }
    for (const file of [
      "memories/rows",
      "memories/export?format=csv",
      "traces/export?format=csv",
    ]) {
      expect((await page.request.get(`${bank.path}/${file}`)).status(), file).toBe(404)
    }
  })
})
