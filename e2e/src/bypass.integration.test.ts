import { afterAll, beforeAll, expect, test } from "vitest"
import { describeInBrowser } from "./describe-in-browser.ts"
import { makeBank } from "./make-bank.ts"
import { signIn, signUp } from "./sign-in.ts"
import { startWithoutProxy } from "./start-without-proxy.ts"

const pages = [
  "overview",
  "memories",
  "traces",
  "latency",
  "playground",
  "map",
  "migrations",
  "members",
  "settings",
]

describeInBrowser("attack 44: a request that passes proxy.ts by", ({ openPage, product }) => {
  let bare: { url: string; close(): Promise<void> } | undefined
  beforeAll(async () => {
    bare = await startWithoutProxy(product)
  })
  afterAll(async () => {
    await bare?.close()
  })

  test("shows guests and strangers nothing, and still shows members their own", async () => {
    const url = bare?.url ?? ""
    const bank = await makeBank({
      product,
      memories: [
        {
          id: "7d1f5e1a-52a1-4a43-9d3c-0f8a0a3a1b01",
          title: "Hidden treasure",
          content: "Under the oak",
        },
      ],
    })
    const login = await fetch(`${url}/login`)
    expect(login.headers.get("content-security-policy"), "the proxy is really out").toBeNull()

    const stranger = await openPage()
    await signUp(stranger)
    const owner = await openPage()
    await signIn(owner, bank.owner)
    const cookieOf = async (page: typeof owner) =>
      (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ")
    const routes = [
      ...pages,
      "memories/7d1f5e1a-52a1-4a43-9d3c-0f8a0a3a1b01",
      `traces/${bank.traceId}`,
      "memories/rows",
      "memories/export?format=csv",
      "traces/rows",
      "map/points?model=all-MiniLM-L6-v2",
      "map/memories?ids=7d1f5e1a-52a1-4a43-9d3c-0f8a0a3a1b01",
      "map/job?model=all-MiniLM-L6-v2",
      "views",
    ]
    for (const route of routes) {
      for (const [who, cookie] of [
        ["guest", ""],
        ["forged", "reasoningbank-session=base64-eyJhY2Nlc3NfdG9rZW4iOiJ4In0"],
        ["stranger", await cookieOf(stranger)],
      ] as const) {
        const answer = await fetch(`${url}${bank.path}/${route}`, {
          headers: { cookie },
          redirect: "manual",
        })
        const body = await answer.text()
        expect(body, `${who}: ${route}`).not.toContain("Hidden treasure")
        expect(body, `${who}: ${route}`).not.toContain("Test bank")
        expect([303, 307, 404, 200], `${who}: ${route}`).toContain(answer.status)
      }
    }
    const own = await fetch(`${url}${bank.path}/memories`, {
      headers: { cookie: await cookieOf(owner) },
    })
    expect(await own.text()).toContain("Hidden treasure")
  })
})
