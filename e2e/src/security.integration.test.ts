import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { describeInBrowser } from "./describe-in-browser.ts"
import { signUp, signUpWithWorkspace } from "./sign-in.ts"

type Sent = { url: string; headers: Record<string, string>; body: string }

/** What the browser sends when an action runs; it is sent as usual. */
async function recordAction({
  page,
  run,
}: {
  page: Page
  run: () => Promise<void>
}): Promise<Sent> {
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.method() === "POST" && "next-action" in sent.headers()),
    run(),
  ])
  await request.response()
  const { "content-type": contentType = "", "next-action": action = "" } = request.headers()
  return {
    url: request.url(),
    headers: { "content-type": contentType, "next-action": action },
    body: request.postDataBuffer()?.toString("latin1") ?? "",
  }
}

async function cookiesOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
}

function send({ url, headers, body }: Sent, changed: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { ...headers, ...changed },
    body: Buffer.from(body, "latin1"),
    redirect: "manual",
  })
}

const ownPages = ["/workspaces", "/account", "/welcome"]

describeInBrowser("attacks", ({ openPage, product }) => {
  test("no header makes a page of data open without a session", async () => {
    const owner = await openPage()
    const { workspace } = await signUpWithWorkspace(owner, { name: "Secret garden" })
    const shapes: Record<string, string>[] = [
      {},
      { "x-middleware-subrequest": "middleware" },
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
      { "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy" },
      { "x-middleware-rewrite": `${product.url}${workspace}/overview` },
      { "x-middleware-next": "1", "x-request-path": "/", "x-nonce": "mine" },
      { "x-nextjs-data": "1" },
      { rsc: "1", "next-router-prefetch": "1" },
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    ]
    for (const headers of shapes) {
      for (const page of [...ownPages, `${workspace}/overview`, `${workspace}/members`]) {
        const answer = await fetch(`${product.url}${page}`, { headers, redirect: "manual" })
        const body = await answer.text()
        const what = `${page} with ${JSON.stringify(headers)}`
        expect(body, what).not.toContain("Secret garden")
        if (headers.rsc === undefined) expect(answer.status, what).toBe(307)
        expect(answer.headers.get("location") ?? "", what).not.toContain("evil.example")
      }
    }
  })

  test("another user's workspace looks like one that does not exist", async () => {
    const { workspace } = await signUpWithWorkspace(await openPage(), { name: "Their own" })
    const stranger = await openPage()
    await signUpWithWorkspace(stranger, { name: "Mine" })
    const cookie = await cookiesOf(stranger)
    const pages = ["overview", "memories", "traces", "latency", "map", "members", "settings"]
    for (const page of pages) {
      const [theirs, none] = await Promise.all(
        [workspace, "/w/00000000000000000000000000000000"].map((place) =>
          fetch(`${product.url}${place}/${page}`, { headers: { cookie }, redirect: "manual" }),
        ),
      )
      expect([page, theirs?.status], page).toEqual([page, none?.status])
      expect(theirs?.status, page).toBe(404)
      expect(await theirs?.text(), page).not.toContain("Their own")
    }
  })

  test("a server action is refused from another site, without a session, and for others' rows", async () => {
    const owner = await openPage()
    const { workspace } = await signUpWithWorkspace(owner, { name: "Before" })
    await owner.goto(`${workspace}/settings`)
    await owner.getByLabel("Name", { exact: true }).fill("Between")
    const rename = await recordAction({
      page: owner,
      run: () => owner.getByRole("button", { name: "Rename" }).click(),
    })
    await owner.getByText("It is called Between now.").waitFor()
    const replayed = { ...rename, body: rename.body.replaceAll("Between", "Taken!!") }
    const cookie = await cookiesOf(owner)
    const origin = product.url

    const refused: [string, Record<string, string>][] = [
      ["from another site", { cookie, origin: "https://evil.example" }],
      ["with an origin like ours", { cookie, origin: `${origin}.evil.example` }],
      ["with no origin", { cookie }],
      ["from a frame of nobody", { cookie, origin: "null" }],
      ["marked cross-site", { cookie, origin, "sec-fetch-site": "cross-site" }],
      ["without a session", { origin, "sec-fetch-site": "same-origin" }],
    ]
    for (const [, headers] of refused) await send(replayed, headers)
    const stranger = await openPage()
    await signUp(stranger)
    const answer = await send(replayed, { cookie: await cookiesOf(stranger), origin })
    expect(await answer.text()).toContain("Only an owner can rename the workspace.")
    await owner.reload()
    await owner.getByRole("button", { name: "Workspace: Between" }).waitFor()

    // The same request of the owner's own page does go through, so it was the sender that was refused.
    await send(replayed, { cookie, origin, "sec-fetch-site": "same-origin" })
    await owner.reload()
    await owner.getByRole("button", { name: "Workspace: Taken!!" }).waitFor()
  })

  test("a name full of markup is text everywhere", async () => {
    const page = await openPage()
    const violations: string[] = []
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) violations.push(message.text())
    })
    page.on("dialog", (dialog) => {
      violations.push(dialog.message())
      void dialog.dismiss()
    })
    const name = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202Eevil`
    const { workspace } = await signUpWithWorkspace(page, { name })
    for (const place of ["overview", "members", "settings"]) {
      await page.goto(`${workspace}/${place}`, { waitUntil: "networkidle" })
      expect(await page.locator("img").count()).toBe(0)
    }
    expect(violations).toEqual([])
  })

  test("every page of data forbids caches to keep it, a refreshed session too", async () => {
    const page = await openPage()
    const { email } = await signUpWithWorkspace(page, { name: "Cache" })
    const session = (await page.context().cookies()).find(
      ({ name }) => name === "reasoningbank-session",
    )
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" })
    expect(session?.domain).toBe("localhost")
    const stored = JSON.parse(
      Buffer.from((session?.value ?? "").replace(/^base64-/, ""), "base64url").toString(),
    )
    const expired = Buffer.from(JSON.stringify({ ...stored, expires_at: 1 })).toString("base64url")
    const cookie = `${session?.name}=base64-${expired}`
    const refreshed = await fetch(`${product.url}/account`, { headers: { cookie } })
    expect(await refreshed.text()).toContain(email)
    expect(refreshed.headers.getSetCookie().join()).toContain("reasoningbank-session")
    const guest = await fetch(`${product.url}/login`)
    expect(guest.headers.getSetCookie()).toEqual([])
    for (const answer of [refreshed, guest]) {
      const caching = answer.headers.get("cache-control") ?? ""
      expect(caching).toContain("private")
      expect(caching).toContain("no-store")
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
      expect(answer.headers.get("referrer-policy")).toBe("same-origin")
      expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin")
      expect(answer.headers.get("x-powered-by")).toBeNull()
      const policy = answer.headers.get("content-security-policy") ?? ""
      expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic';/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain("unsafe-eval")
    }
  })

  test("no key but the publishable one is in what the browser gets", async () => {
    const build = path.join(import.meta.dirname, "../../apps/dashboard/.next")
    const files = (await readdir(path.join(build, "static"), { recursive: true })).filter((name) =>
      /\.(js|css|map)$/.test(name),
    )
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) {
      const text = await readFile(path.join(build, "static", file), "utf8")
      expect(text, file).not.toMatch(/sb_secret|service_role|SUPABASE_SECRET|supabase\.co\/auth/)
    }
  })
})
