import { expect, test } from "vitest"
import { describeInBrowser, watchErrors } from "./describe-in-browser.ts"
import { signIn, signUp } from "./sign-in.ts"

describeInBrowser("first steps", ({ openPage, product }) => {
  test("a new account makes a workspace and finds it empty", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await signUp(page)
    await page.getByLabel("Name").fill("Garden & <Shed>/1")
    await page.getByRole("button", { name: "Create workspace" }).click()
    await page.waitForURL("**/w/*/overview")
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor()
    expect(
      await page
        .getByRole("button", { name: /Workspace:/ })
        .first()
        .textContent(),
    ).toContain("Garden & <Shed>/1")
    expect(await page.getByText("pnpm migrate --chromadb-dir DIR").isVisible()).toBe(true)
    errors.none()
  })

  test("the demo account sees the three workspaces of the sample bank", async () => {
    const page = await openPage()
    const errors = watchErrors(page)
    await signIn(page, product.demo)
    await page.waitForURL("**/workspaces")
    const main = page.getByRole("main")
    for (const name of ["Emberforge Engine", "Harbor Pipeline", "Northwind Shop"]) {
      await main.getByRole("link", { name }).waitFor()
    }
    await main.getByRole("link", { name: "Harbor Pipeline" }).click()
    await page.waitForURL("**/w/*/overview")
    errors.none()
  })

  test("who is not signed in is asked to, and comes back to where he wanted to go", async () => {
    const page = await openPage()
    await page.goto("/workspaces")
    await page.waitForURL("**/login?next=%2Fworkspaces")
    await page.getByLabel("E-mail").fill(product.demo.email)
    await page.getByLabel("Password").fill("wrong")
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByText("No account has this address with this password.").waitFor()
    expect(await page.getByLabel("E-mail").inputValue()).toBe(product.demo.email)
    await page.getByLabel("Password").fill(product.demo.password)
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.waitForURL("**/workspaces")
    await page.getByRole("button", { name: /^Account of/ }).click()
    await page.getByRole("menuitem", { name: "Sign out" }).click()
    await page.waitForURL("**/login")
    await page.goto("/workspaces")
    await page.waitForURL("**/login?next=%2Fworkspaces")
  })
})
