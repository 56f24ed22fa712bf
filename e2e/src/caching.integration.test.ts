import { expect, test } from "vitest"
import { describeInBrowser } from "./describe-in-browser.ts"
import { signUpWithWorkspace } from "./sign-in.ts"
import { startCachingProxy } from "./start-caching-proxy.ts"

describeInBrowser("attack 48: a shared cache before the dashboard", ({ openPage, product }) => {
  test("never gives one user what another read", async () => {
    const proxy = await startCachingProxy({ origin: product.url })
    try {
      const [alice, bob] = [
        await openPage({ baseURL: proxy.url }),
        await openPage({ baseURL: proxy.url }),
      ]
      const { email, workspace } = await signUpWithWorkspace(alice, { name: "Alice's garden" })
      const { email: other } = await signUpWithWorkspace(bob, { name: "Bob's garage" })
      for (const path of [
        "/workspaces",
        "/account",
        `${workspace}/overview`,
        `${workspace}/views`,
      ]) {
        await alice.goto(path, { waitUntil: "networkidle" })
        await bob.goto(path, { waitUntil: "networkidle" })
        const seen = await bob.content()
        expect(seen, path).not.toContain("Alice's garden")
        expect(seen, path).not.toContain(email)
      }
      await bob.goto("/account")
      await bob.getByText(other).first().waitFor()
      const guest = await openPage({ baseURL: proxy.url })
      await guest.goto("/workspaces")
      expect(new URL(guest.url()).pathname).toBe("/login")
      // The cache does work: what is the same for everybody came from it, and nothing else.
      expect(proxy.hits.length).toBeGreaterThan(10)
      expect(
        proxy.hits.filter((url) => !url.startsWith("/_next/static/") && url !== "/icon.svg"),
      ).toEqual([])
    } finally {
      await proxy.close()
    }
  })
})
