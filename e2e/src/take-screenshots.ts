import { mkdir } from "node:fs/promises"
import path from "node:path"
import { chromium } from "playwright-core"
import { findChromium } from "./find-chromium.ts"
import { pages } from "./pages.ts"
import { signIn } from "./sign-in.ts"
import { openProduct } from "./start-product.ts"

const directory = path.join(import.meta.dirname, "../../screenshots")
const themes = ["light", "dark"] as const
const widths = [360, 1280, 2560] as const

/** `pnpm screenshots [NAME …]`: each page, or those whose name holds a word, in both themes and three widths. */
async function takeScreenshots(words: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true })
  await using resources = new AsyncDisposableStack()
  const product = await openProduct(resources)
  const browser = await chromium.launch(await findChromium())
  resources.defer(() => browser.close())
  const wanted = pages.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  )
  for (const colorScheme of themes) {
    const settings = { baseURL: product.url, colorScheme, reducedMotion: "reduce" as const }
    const guest = await browser.newContext(settings)
    const user = await browser.newContext(settings)
    const page = await user.newPage()
    await signIn(page, product.demo)
    const workspace = await page
      .getByRole("link", { name: "Harbor Pipeline" })
      .first()
      .getAttribute("href")
    for (const { name, path: address, isSignedIn } of wanted) {
      const tab = await (isSignedIn ? user : guest).newPage()
      const [, , id = ""] = (workspace ?? "").split("/")
      await tab.goto(address(`/w/${id}`), { waitUntil: "networkidle" })
      for (const width of widths) {
        await tab.setViewportSize({ width, height: width === 360 ? 780 : 1_000 })
        await tab.waitForTimeout(250)
        const file = `${name}-${colorScheme}-${width}.png`
        await tab.screenshot({ path: path.join(directory, file), fullPage: true })
        console.log(`screenshots/${file}`)
      }
      await tab.close()
    }
  }
}

await takeScreenshots(process.argv.slice(2))
