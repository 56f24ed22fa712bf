import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { startDashboard } from "@reasoningbank/dashboard/server"
import { findFreePort } from "@reasoningbank/native-postgres"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkAccessibility } from "./check-accessibility.ts"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { type ComparedBank, type ComparedMemory, makeComparedBank } from "./make-compared-bank.ts"
import { signIn, signUpWithWorkspace } from "./sign-in.ts"
import { type ChromaRelay, startChromaRelay } from "./start-chroma-relay.ts"

const themes = ["light", "dark"] as const

function nearest({ to, among, k }: { to: ComparedMemory; among: ComparedMemory[]; k: number }) {
  const cosine = ({ vector }: ComparedMemory) =>
    vector.reduce((sum, value, axis) => sum + value * (to.vector[axis] ?? 0), 0)
  return among
    .map((memory) => ({ ...memory, similarity: cosine(memory) }))
    .sort((one, other) => other.similarity - one.similarity || (one.id < other.id ? -1 : 1))
    .slice(0, k)
}

describeInBrowser("the search playground", ({ openPage, product }) => {
  const resources = new AsyncDisposableStack()
  let bank: ComparedBank
  let relay: ChromaRelay
  /** Without a model; asks Chroma through the relay. */
  let relayed: string
  /** Without a model, without a Chroma. */
  let alone: string

  beforeAll(async () => {
    bank = await makeComparedBank(product)
    relay = await startChromaRelay({ target: product.chromaUrl })
    resources.defer(() => relay.stop())
    const modelDirectory = await mkdtemp(path.join(tmpdir(), "no-model-"))
    resources.defer(() => rm(modelDirectory, { recursive: true, force: true }))
    const start = async (chromaUrl: string) => {
      const dashboard = await startDashboard({
        ...{ mode: "start", port: await findFreePort(), modelDirectory, chromaUrl },
        ...{ supabaseUrl: product.supabaseUrl, publishableKey: product.publishableKey },
      })
      resources.defer(() => dashboard.stop())
      return dashboard.url
    }
    relayed = await start(relay.url)
    alone = await start("")
  })
  afterAll(() => resources.disposeAsync())

  const open = async (options: Parameters<typeof openPage>[0] = {}) => {
    const page = await openPage(options)
    await signIn(page, bank.owner)
    return page
  }
  const titlesIn = async (page: Page, side: string) => {
    const rows = page.getByRole("list", { name: `Results of ${side}` }).getByRole("link")
    await rows.first().waitFor()
    return Promise.all(
      (await rows.all()).map((row) => row.locator("[title^=Lesson]").textContent()),
    )
  }

  test("shows what each side holds, what they share, and who moved where", async () => {
    const [question] = bank.supabase
    if (question === undefined) throw new Error("The bank is empty.")
    const ours = nearest({ to: question, among: bank.supabase, k: 10 })
    const theirs = nearest({ to: question, among: bank.chroma, k: 10 })
    const page = await open()
    const errors = watchErrors(page)
    await page.goto(`${bank.path}/playground?like=${question.id}`)
    expect(await titlesIn(page, "Supabase")).toEqual(ours.map(({ title }) => title))
    expect(await titlesIn(page, "Chroma")).toEqual(theirs.map(({ title }) => title))

    const shared = ours.filter(({ id }) => theirs.some((other) => other.id === id))
    const moved = shared.filter(
      ({ id }) =>
        ours.findIndex((one) => one.id === id) !== theirs.findIndex((one) => one.id === id),
    )
    expect([shared.length, moved.length]).toEqual([9, 2])
    await page.getByRole("heading", { name: "agree on 9 of the 10 best" }).waitFor()
    const main = page.getByRole("main")
    await main.getByRole("link", { name: "Overlap@10 90 %" }).waitFor()
    await main.getByRole("link", { name: "At other places 2" }).waitFor()

    const cells = await page
      .getByRole("table", { name: "Rank moves" })
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
      )
    const union = [...ours, ...theirs.filter(({ id }) => !ours.some((one) => one.id === id))]
    expect(
      cells.map(([title, first, second, , similarity]) => [title, first, second, similarity]),
    ).toEqual(
      union.map(({ id, title }) => {
        const [mine, other] = [ours, theirs].map((side) => side.findIndex((one) => one.id === id))
        const places = [mine, other].map((at = -1) => (at === -1 ? "–" : String(at + 1)))
        const similarities = [ours[mine ?? -1], theirs[other ?? -1]].flatMap(
          (found) => found?.similarity.toFixed(3) ?? [],
        )
        return [title, ...places, [...new Set(similarities)].join(" / ")]
      }),
    )
    await page.getByText("Embedding – the vector was stored").waitFor()
    await checkAccessibility(page)
    const recorded = await bank.readRows(`retrieval_events?workspace_id=eq.${bank.workspaceId}`)
    expect(recorded).toEqual([])
    errors.none()
  })

  test("is asked by keyboard, and the question stays in the address", async () => {
    const page = await open()
    const errors = watchErrors(page)
    await page.goto(`${bank.path}/playground?mode=keyword&k=20`, { waitUntil: "networkidle" })
    await page.getByRole("searchbox", { name: "Question" }).focus()
    await page.keyboard.type("retrying")
    await page.keyboard.press("Enter")
    await page.waitForURL((url) => url.searchParams.get("q") === "retrying")
    const byTitle = (memories: ComparedMemory[]) => memories.map(({ title }) => title).sort()
    expect((await titlesIn(page, "Supabase")).sort()).toEqual(byTitle(bank.supabase))
    expect((await titlesIn(page, "Chroma")).sort()).toEqual(byTitle(bank.chroma))
    const first = page.getByRole("list", { name: "Results of Supabase" }).getByRole("link").first()
    await first.focus()
    await page.keyboard.press("Enter")
    await page.waitForURL("**/memories/*")
    await page.goBack()
    await page.getByRole("list", { name: "Results of Chroma" }).waitFor()
    errors.none()
  })

  test("without a model it searches by words and says how to get one; stored vectors still work", async () => {
    const page = await open({ baseURL: alone })
    const errors = watchErrors(page)
    await page.goto(`${bank.path}/playground?q=retrying`)
    await page.getByRole("heading", { name: "Searched by words" }).waitFor()
    await page.getByText("pnpm model", { exact: true }).waitFor()
    await page.getByText("Words are always searched exactly").waitFor()
    expect(await titlesIn(page, "Supabase")).toHaveLength(10)
    await checkAccessibility(page)

    const [question] = bank.supabase
    await page.goto(`${bank.path}/playground?like=${question?.id}&k=5`)
    await page.getByRole("heading", { name: "found all of the 5 truly best" }).waitFor()
    await page.getByText("CHROMA_URL=http://localhost:8000 pnpm start").waitFor()
    expect(await titlesIn(page, "Exact search")).toEqual(await titlesIn(page, "Supabase"))
    await checkAccessibility(page)
    errors.none()
  })

  test("asks Chroma only for members, only of their workspace, and only to read", async () => {
    const asked = `${bank.path}/playground?q=retrying&mode=keyword`
    const like = `${bank.path}/playground?like=${bank.supabase[0]?.id}`
    const stranger = await openPage({ baseURL: relayed })
    const { workspace } = await signUpWithWorkspace(stranger, { name: "Of a stranger" })
    const guest = await openPage({ baseURL: relayed })
    relay.takeRequests()
    for (const address of [asked, like]) {
      expect((await stranger.request.get(address)).status()).toBe(404)
      const answer = await guest.request.get(address, { maxRedirects: 0 })
      expect(answer.status()).toBe(307)
      expect(answer.headers().location).toContain("/login")
    }
    const foreign = like.replace(bank.path, workspace)
    expect(await (await stranger.request.get(foreign)).text()).not.toContain("about retrying")
    expect(relay.takeRequests()).toEqual([])

    const page = await open({ baseURL: relayed })
    await page.goto(asked)
    await titlesIn(page, "Chroma")
    await page.goto(like)
    await titlesIn(page, "Chroma")
    const requests = relay.takeRequests()
    expect(requests.some(({ path: place }) => place.endsWith("/query"))).toBe(true)
    for (const { method, path: place, body } of requests) {
      if (method === "GET") continue
      expect(place).toMatch(/\/(get|query)$/)
      const { where, ids } = JSON.parse(body)
      if (where === undefined) expect(ids).toBeInstanceOf(Array)
      else expect(JSON.stringify(where)).toContain(`{"workspace_id":{"$eq":"${bank.workspaceId}"}}`)
    }
  })

  test("a Chroma that is away costs its side only", async () => {
    const gone = await startChromaRelay({ target: product.chromaUrl })
    await gone.stop()
    const dashboard = await startDashboard({
      ...{ mode: "start", port: await findFreePort(), chromaUrl: gone.url },
      ...{ supabaseUrl: product.supabaseUrl, publishableKey: product.publishableKey },
    })
    try {
      const page = await open({ baseURL: dashboard.url })
      await page.goto(`${bank.path}/playground?q=retrying&mode=keyword`)
      const alert = page.getByRole("main").getByRole("alert")
      await alert.getByText("Chroma does not answer.").waitFor()
      expect(await alert.textContent()).not.toContain(new URL(gone.url).host)
      expect(await titlesIn(page, "Supabase")).toHaveLength(10)
      await page.getByText("It failed").first().waitFor()
      await checkAccessibility(page)
    } finally {
      await dashboard.stop()
    }
  })

  test.each(themes)("before anything is asked it is accessible in %s", async (colorScheme) => {
    const page = await open({ colorScheme })
    const errors = watchErrors(page)
    await page.goto(`${bank.path}/playground`)
    await page.getByRole("heading", { name: "Ask once, see what each side finds" }).waitFor()
    await checkAccessibility(page)
    errors.none()
  })
})
