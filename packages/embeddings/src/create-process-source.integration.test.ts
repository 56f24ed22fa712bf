import type { ChildProcess } from "node:child_process"
import { embeddingDimension } from "@reasoningbank/core"
import { beforeEach, describe, expect, test } from "vitest"
import { createProcessSource } from "./create-process-source.ts"
import { loadMiniLmModel } from "./load-minilm-model.ts"
import { obtainedModel } from "./testing/obtained-model.ts"

const { paths, skipReason } = await obtainedModel({ isRequired: process.env.CI === "true" })
const never = new AbortController().signal
const longTexts = Array.from({ length: 40 }, (_, index) => `${index} ${"word ".repeat(300)}`)

/** A source and the processes it started. */
function openSource(modelPath?: string) {
  if (paths === null) throw new Error(skipReason)
  const children: ChildProcess[] = []
  const source = createProcessSource({
    dimension: embeddingDimension,
    prepare: async () => ({
      paths: { ...paths, ...(modelPath !== undefined && { "model.onnx": modelPath }) },
      tokenBudget: 512,
      threads: 1,
    }),
    onStart: (child) => children.push(child),
  })
  return { source, children }
}

describe("the process of the model", () => {
  beforeEach((context) => {
    if (skipReason !== "") context.skip(skipReason)
  })

  test("timers go on while it computes; in this process they would not", async () => {
    if (paths === null) return
    const here = await loadMiniLmModel({ paths, threads: 1 })
    const sequences = longTexts.slice(0, 8).map(here.tokenize)
    const ticksHere = await countTicks(() => here.run(sequences))

    const { source } = openSource()
    await source.embed(["loaded"], never)
    const ticksBeside = await countTicks(() => source.embed(longTexts.slice(0, 8), never))
    await source.close()
    expect(ticksHere).toBe(0)
    expect(ticksBeside).toBeGreaterThan(2)
  })

  test("a query overtakes a long call", async () => {
    const { source } = openSource()
    const order: string[] = []
    const long = source.embed(longTexts, never).then(() => order.push("long"))
    await source.embed(["query"], never).then(() => order.push("query"))
    await long
    await source.close()
    expect(order).toEqual(["query", "long"])
  })

  test("when it is killed, running calls say so and the next call starts a new one", async () => {
    const { source, children } = openSource()
    const [before] = await source.embed(["text"], never)
    const running = [source.embed(longTexts, never), source.embed(["another"], never)]
    children[0]?.kill("SIGKILL")
    const reason = {
      code: "embedding:failed",
      message: expect.stringContaining("SIGKILL"),
      hint: expect.stringContaining("Call again"),
    }
    expect(await Promise.allSettled(running)).toMatchObject([{ reason }, { reason }])
    expect(await source.embed(["text"], never)).toEqual([before])
    expect(children).toHaveLength(2)
    await source.close()
  })

  test("when it was killed between two calls, the second one does not notice", async () => {
    const { source, children } = openSource()
    const [before] = await source.embed(["text"], never)
    const exited = new Promise((resolve) => children[0]?.once("exit", resolve))
    children[0]?.kill("SIGKILL")
    await exited
    expect(await source.embed(["text"], never)).toEqual([before])
    await source.close()
  })

  test("Ctrl-C, which reaches every process of a terminal, leaves it running", async () => {
    const { source, children } = openSource()
    await source.embed(["text"], never)
    children[0]?.kill("SIGINT")
    children[0]?.kill("SIGTERM")
    expect(await source.embed(["another"], never)).toHaveLength(1)
    expect(children).toHaveLength(1)
    await source.close()
  })

  test("closing ends it", async () => {
    const { source, children } = openSource()
    await source.embed(["text"], never)
    await source.close()
    expect(children[0]?.exitCode).toBe(0)
  })

  test("a model that can not be loaded is named, and the next call tries again", async () => {
    const { source, children } = openSource("/nowhere/model.onnx")
    for (const attempt of [1, 2]) {
      await expect(source.embed(["text"], never)).rejects.toMatchObject({
        code: "embedding:failed",
        message: expect.stringContaining("/nowhere/model.onnx"),
      })
      expect(children).toHaveLength(attempt)
    }
    await source.close()
  })

  test("an aborted call is dropped, others go on", async () => {
    const { source } = openSource()
    const controller = new AbortController()
    const dropped = source.embed(longTexts, controller.signal)
    const kept = await source.embed(["kept"], never)
    controller.abort(new Error("enough"))
    await expect(dropped).rejects.toThrow("enough")
    expect(await source.embed(["kept"], never)).toEqual(kept)
    await source.close()
  })
})

async function countTicks(work: () => Promise<unknown>): Promise<number> {
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  await work()
  clearInterval(timer)
  return ticks
}
