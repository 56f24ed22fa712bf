import { randomUUID } from "node:crypto"
import type { Page } from "playwright-core"

const password = "correct horse battery"

/** An address nobody had before. */
function newAddress(): string {
  return `user-${randomUUID().slice(0, 13)}@example.com`
}

export async function signIn(page: Page, account: { email: string; password: string }) {
  await page.goto("/login")
  await page.getByLabel("E-mail").fill(account.email)
  await page.getByLabel("Password").fill(account.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.waitForURL((url) => url.pathname !== "/login")
}

/** Makes an account; the page is on the form for the first workspace afterwards. */
export async function signUp(page: Page, email = newAddress()): Promise<string> {
  await page.goto("/sign-up")
  await page.getByLabel("E-mail").fill(email)
  await page.getByLabel("Password").fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await page.waitForURL("**/welcome")
  return email
}
