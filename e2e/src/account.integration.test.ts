import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { newAddress, password, signIn, signUp } from "./sign-in.ts"

/** Opens the newest mail to an address on the page of the embedded server's mails. */
async function openMail({ page, to }: { page: Page; to: string }) {
  await page.goto("/mails")
  await page
    .getByRole("listitem")
    .filter({ hasText: to })
    .first()
    .getByRole("link", { name: "Open its link" })
    .click()
  await page.waitForURL("**/auth/confirm?*")
  return page.url()
}

describeInBrowser("the account", ({ openPage, product }) => {
  test("signs in by a mailed link, goes where it was wanted, and the link works once", async () => {
    const email = await signUp(await openPage())
    const page = await openPage()
    const errors = watchErrors(page)
    await page.goto("/account")
    await page.waitForURL("**/login?next=%2Faccount")
    await page.getByLabel("E-mail").fill(email)
    await page.getByRole("button", { name: "E-mail me a link" }).click()
    await page.getByText("a link that signs you in is on its way").waitFor()
    const link = await openMail({ page, to: email })
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.waitForURL("**/account")
    await page.getByText(`You are signed in as ${email}.`).waitFor()
    errors.none()

    const other = await openPage()
    await other.goto(link)
    await other.getByRole("button", { name: "Sign in" }).click()
    await other.getByText("This link does not work any more.").waitFor()
  })

  test("says the same of an address that has no account, and mails nothing", async () => {
    const email = newAddress()
    const page = await openPage()
    await page.goto("/login")
    await page.getByLabel("E-mail").fill(email)
    await page.getByRole("button", { name: "E-mail me a link" }).click()
    await page.getByText(`If ${email} has an account`).waitFor()
    await page.goto("/reset")
    await page.getByLabel("E-mail").fill(email)
    await page.getByRole("button", { name: "Send the link" }).click()
    await page.getByText(`If ${email} has an account`).waitFor()
    await page.goto("/mails")
    expect(await page.getByText(email).count()).toBe(0)
  })

  test("resets the password; the old one is over", async () => {
    const email = await signUp(await openPage())
    const page = await openPage()
    await page.goto("/reset")
    await page.getByLabel("E-mail").fill(email)
    await page.getByRole("button", { name: "Send the link" }).click()
    await page.getByText("a link to a new password is on its way").waitFor()
    await openMail({ page, to: email })
    await page.getByRole("button", { name: "Continue" }).click()
    await page.waitForURL("**/account")
    await page.getByLabel("New password").fill("short")
    await page.getByRole("button", { name: "Change the password" }).click()
    await page.getByText("Choose a password of at least 8 characters.").waitFor()
    await page.getByLabel("New password").fill("another horse altogether")
    await page.getByRole("button", { name: "Change the password" }).click()
    await page.getByText("The password is changed.").waitFor()

    const later = await openPage()
    await later.goto("/login")
    await later.getByLabel("E-mail").fill(email)
    await later.getByLabel("Password").fill(password)
    await later.getByRole("button", { name: "Sign in" }).click()
    await later.getByText("No account has this address with this password.").waitFor()
    await signIn(later, { email, password: "another horse altogether" })
  })

  test("signs out everywhere: the other browser is out at its next page", async () => {
    const email = newAddress()
    const here = await openPage()
    await signUp(here, email)
    const there = await openPage()
    await signIn(there, { email, password })
    await here.goto("/account")
    await here.getByRole("button", { name: "Sign out everywhere" }).click()
    await here.getByText("You are signed out in every browser.").waitFor()
    await there.goto("/account")
    await there.waitForURL("**/login?next=%2Faccount")
  })

  test("whatever next says, signing in ends on this site", async () => {
    const page = await openPage()
    await signIn(page, product.demo)
    for (const next of hostileNexts) {
      // Who is signed in is sent on at once, by a header.
      const address = `/login?next=${encodeURIComponent(next)}`
      const answer = await page.request.get(address, { maxRedirects: 0 })
      expect(answer.status(), next).toBe(307)
      const { location = "" } = answer.headers()
      expect(new URL(location, product.url).origin, next).toBe(product.url)
    }
  })

  test.each(["//evil.example", "/\\evil.example", "/\t/evil.example"])(
    "the form too forgets next=%j",
    async (next) => {
      const page = await openPage()
      await page.goto(`/login?next=${encodeURIComponent(next)}`)
      await page.getByLabel("E-mail").fill(product.demo.email)
      await page.getByLabel("Password").fill(product.demo.password)
      await page.getByRole("button", { name: "Sign in" }).click()
      await page.waitForURL(`${product.url}/workspaces`)
    },
  )
})

const hostileNexts = [
  "//evil.example",
  "/\\evil.example",
  "@evil.example",
  ".evil.example",
  "https:evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "%2f%2fevil.example",
  "/%2f%2fevil.example",
  "/\t/evil.example",
  "/..//evil.example",
  "/%0d%0aLocation:%20https://evil.example",
  "/\r\nLocation: https://evil.example",
  "java\tscript:alert(1)",
]
