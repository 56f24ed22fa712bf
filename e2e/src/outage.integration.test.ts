import { createServer, request, type Server } from "node:http"
import { startDashboard } from "@reasoningbank/dashboard/server"
import { findFreePort } from "@reasoningbank/native-postgres"
import { expect, test } from "vitest"
import { describeInBrowser } from "./describe-in-browser.ts"
import { signIn } from "./sign-in.ts"

/** Hands requests on to Supabase, and can be away. */
async function startRelay({ target, port }: { target: string; port: number }): Promise<Server> {
  const relay = createServer((incoming, outgoing) => {
    const onward = request(
      new URL(incoming.url ?? "/", target),
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on("error", () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", resolve))
  return relay
}

async function stopRelay(relay: Server) {
  relay.closeAllConnections()
  await new Promise((resolve) => relay.close(resolve))
}

describeInBrowser("an outage", ({ openPage, product }) => {
  test("of Supabase looks like one, signs nobody out, and ends with a press of the button", async () => {
    const port = await findFreePort()
    let relay = await startRelay({ target: product.supabaseUrl, port })
    const dashboard = await startDashboard({
      mode: "start",
      port: await findFreePort(),
      supabaseUrl: `http://127.0.0.1:${port}`,
      publishableKey: product.publishableKey,
    })
    try {
      const page = await openPage({ baseURL: dashboard.url })
      await signIn(page, product.demo)
      await page.getByRole("main").getByRole("link", { name: "Harbor Pipeline" }).first().click()
      await page.waitForURL("**/w/*/overview")
      const members = `${page.url().replace(/\/overview.*/, "")}/members`
      await stopRelay(relay)
      for (const name of ["overview", "latency", "memories", "playground", "migrations"]) {
        await page.goto(members.replace(/members$/, name))
        await page.getByRole("alert").getByText("The database does not answer").waitFor()
        const said = await page.evaluate<string>("document.body.innerText")
        expect(said, `${name} shows no figure`).not.toMatch(/\d/)
      }
      await page.goto(members)
      await page.getByRole("alert").getByText("The database does not answer").waitFor()

      const guest = await openPage({ baseURL: dashboard.url })
      await guest.goto("/login")
      await guest.getByLabel("E-mail").fill(product.demo.email)
      await guest.getByLabel("Password").fill(product.demo.password)
      await guest.getByRole("button", { name: "Sign in" }).click()
      await guest.getByText("The sign-in service does not answer.").waitFor()
      expect(await guest.getByLabel("E-mail").inputValue()).toBe(product.demo.email)

      relay = await startRelay({ target: product.supabaseUrl, port })
      await page.getByRole("button", { name: "Try again" }).click()
      await page.getByRole("table", { name: "Members" }).waitFor()
    } finally {
      await dashboard.stop()
      await stopRelay(relay)
    }
  })

  test("of the network is said, keeps the page, and keeps what was typed", async () => {
    const page = await openPage()
    await signIn(page, product.demo)
    await page.getByRole("main").getByRole("link", { name: "Harbor Pipeline" }).first().click()
    await page.waitForURL("**/w/*/overview")
    await page.goto(`${page.url().replace(/\/overview.*/, "")}/settings`, {
      waitUntil: "networkidle",
    })
    await page.context().setOffline(true)
    await page.getByText("You are offline.").waitFor()
    await page.getByRole("link", { name: "Memories" }).click()
    await page.getByLabel("Name", { exact: true }).fill("Typed while offline")
    await page.getByRole("button", { name: "Rename" }).click()
    await page.getByText("The server did not answer").waitFor()
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Typed while offline")
    await page.context().setOffline(false)
    await page.getByText("You are offline.").waitFor({ state: "detached" })
    expect(new URL(page.url()).pathname).toMatch(/\/settings$/)
  })
})
