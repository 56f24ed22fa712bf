import { randomUUID } from "node:crypto"
import type { Page } from "playwright-core"

export const password = "correct horse battery"

/** An address nobody had before. */
export function newAddress(): string {
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

/** Makes an account with a workspace of its own; the page is on its overview. Returns the workspace's path. */
export async function signUpWithWorkspace(
  page: Page,
  { email = newAddress(), name }: { email?: string; name: string },
): Promise<{ email: string; workspace: string }> {
  await signUp(page, email)
  await page.getByLabel("Name").fill(name)
  await page.getByRole("button", { name: "Create workspace" }).click()
  await page.waitForURL("**/w/*/overview")
  return { email, workspace: new URL(page.url()).pathname.replace(/\/overview$/, "") }
}
