import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { beforeEach, describe, expect, test, vi } from "vitest"
import { obtainedModel } from "./testing/obtained-model.ts"

const { skipReason } = await obtainedModel({ isRequired: process.env.CI === "true" })
const packageUrl = new URL("./index.ts", import.meta.url).href
const prologue = `const { createMiniLmEmbedder } = await import("${packageUrl}")`

/** Runs a program in a process of its own; it must end by itself. */
async function run(program: string) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { timeout: 100_000 },
  )
  return stdout.trim()
}

describe("importing the package", () => {
  test("loads neither the runtime nor the library, and starts nothing, before the first call", async () => {
    const output = await run(`
      import { registerHooks } from "node:module"
      const loaded = []
      registerHooks({
        load(url, context, next) { loaded.push(url); return next(url, context) },
      })
      ${prologue}
      createMiniLmEmbedder()
      const { sharedObjects } = process.report.getReport()
      const resources = process.getActiveResourcesInfo()
      console.log(JSON.stringify({ loaded, sharedObjects, resources }))
    `)
    const { loaded, sharedObjects, resources }: Record<string, string[]> = JSON.parse(output)
    expect(loaded).toContain(packageUrl)
    const heavy = /onnxruntime|transformers|sharp/
    expect(loaded?.filter((url) => heavy.test(url))).toEqual([])
    expect(sharedObjects?.filter((path) => heavy.test(path))).toEqual([])
    expect(resources?.filter((name) => !/^(Pipe|TTY|File|FSReq)/.test(name))).toEqual([])
  })
})

describe("a process that embeds", () => {
  beforeEach((context) => {
    if (skipReason !== "") context.skip(skipReason)
  })

  const many = `Array.from({ length: 60 }, (_, index) => index + " word ".repeat(250))`

  test("ends by itself after closing", async () => {
    const program = `${prologue}
      const embedder = createMiniLmEmbedder({ hubEndpoint: null })
      await embedder.embed(["text"])
      await embedder.close()
      console.log("closed")`
    expect(await run(program)).toBe("closed")
  })

  test("ends by itself when it forgot to close", async () => {
    const program = `${prologue}
      console.log((await createMiniLmEmbedder({ hubEndpoint: null }).embed(["text"])).length)`
    expect(await run(program)).toBe("1")
  })

  test("waits for a call that nobody awaits", async () => {
    const program = `${prologue}
      const embedder = createMiniLmEmbedder({ hubEndpoint: null })
      void embedder.embed(${many}).then((vectors) => console.log(vectors.length))`
    expect(await run(program)).toBe("60")
  })

  test.each([0, 100, 400, 800])("may exit at any moment (%i ms after the start)", async (delay) => {
    const program = `${prologue}
      const embedder = createMiniLmEmbedder({ hubEndpoint: null })
      void embedder.embed(${many}).catch(() => {})
      setTimeout(() => { console.log("exit"); process.exit(0) }, ${delay})`
    expect(await run(program)).toBe("exit")
  })

  test("may exit while the model computes", async () => {
    const program = `${prologue}
      const embedder = createMiniLmEmbedder({ hubEndpoint: null })
      await embedder.embed(["text"])
      void embedder.embed(${many}).catch(() => {})
      setTimeout(() => { console.log("exit"); process.exit(0) }, 50)`
    expect(await run(program)).toBe("exit")
  })

  test("takes the model's process with it when it is killed", async () => {
    const program = `
      import { subscribe } from "node:diagnostics_channel"
      subscribe("child_process", ({ process: child }) => setImmediate(() => console.log(child.pid)))
      ${prologue}
      const embedder = createMiniLmEmbedder({ hubEndpoint: null })
      await embedder.embed(["text"])
      void embedder.embed(${many}).catch(() => {})
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 100)`
    const { stdout, signal } = await run(program).then(
      () => ({ stdout: "", signal: "" }),
      (error: { stdout: string; signal: string }) => error,
    )
    expect(signal).toBe("SIGKILL")
    const pid = Number(stdout)
    expect(pid).toBeGreaterThan(1)
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 30_000)
  })
})
