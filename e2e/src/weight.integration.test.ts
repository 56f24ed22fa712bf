import { expect, test } from "vitest"
import { describeInBrowser } from "./describe-in-browser.ts"
import { measureScripts, mostBeforeUsable, mostInAll } from "./performance/measure-scripts.ts"
import { signIn } from "./sign-in.ts"

describeInBrowser("what a page weighs", ({ openPage, product }) => {
  test("its scripts keep their bounds, before it is usable and in all", async () => {
    const page = await openPage()
    await signIn(page, product.demo)
    const link = page.getByRole("main").getByRole("link", { name: "Harbor Pipeline" }).first()
    const [, , id] = ((await link.getAttribute("href")) ?? "").split("/")
    for (const name of ["overview", "memories", "traces", "latency", "playground", "migrations"]) {
      const weight = await measureScripts({ page, path: `/w/${id}/${name}` })
      expect(weight.beforeUsable, `${name}, before it is usable`).toBeLessThanOrEqual(
        mostBeforeUsable,
      )
      expect(weight.beforeUsable, name).toBeGreaterThan(50_000)
      expect(weight.inAll, `${name}, in all`).toBeLessThanOrEqual(mostInAll)
    }
  })
})
