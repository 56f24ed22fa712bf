import { ReasoningBankError } from "@reasoningbank/core"
import { expect, test } from "vitest"
import { createRequestPace } from "./create-request-pace.ts"
import { runPaced } from "./run-paced.ts"
import { TooMuchAtOnce } from "./unwrap-response.ts"

test("half after a request that was too much, more with each answer, the limit not again at once", () => {
  const pace = createRequestPace({ mostItems: 500, mostAtOnce: 4 })
  pace.wasTooMuch(500)
  expect(pace.items).toBe(250)
  const sizes = Array.from({ length: 12 }, () => {
    pace.passed(pace.items)
    return pace.items
  })
  expect(sizes.slice(0, 6)).toEqual([275, 303, 334, 368, 400, 400])
  expect(Math.max(...sizes)).toBe(400)
  for (let answer = 0; answer < 20; answer++) pace.passed(pace.items)
  expect(pace.items).toBeGreaterThan(400)
  expect(pace.items).toBeLessThanOrEqual(500)
})

test("an answer to a smaller request proves nothing for a larger one", () => {
  const pace = createRequestPace({ mostItems: 500, mostAtOnce: 4 })
  pace.wasTooMuch(100)
  pace.passed(3)
  expect(pace.items).toBe(50)
})

test("fewer requests at once for a busy server, and never none", () => {
  const pace = createRequestPace({ mostItems: 500, mostAtOnce: 4 })
  pace.wasBusy()
  expect(pace.atOnce).toBe(2)
  for (let time = 0; time < 5; time++) pace.wasBusy()
  expect(pace.atOnce).toBe(1)
  for (let answer = 0; answer < 30; answer++) pace.passed(1)
  expect(pace.atOnce).toBe(4)
})

test("the limit of a server is met once; later calls keep below it", async () => {
  const pace = createRequestPace({ mostItems: 64, mostAtOnce: 2 })
  const items = Array.from({ length: 100 }, (_, index) => index)
  let refused = 0
  let underWay = 0
  let mostUnderWay = 0
  const task = async (part: readonly number[]) => {
    underWay++
    mostUnderWay = Math.max(mostUnderWay, underWay)
    await Promise.resolve()
    underWay--
    if (part.length <= 20) return [...part]
    refused++
    throw new TooMuchAtOnce(new ReasoningBankError({ code: "target:busy", message: "too much" }))
  }
  expect(await runPaced({ items, pace, task })).toEqual(items)
  expect(mostUnderWay).toBe(2)
  const before = refused
  expect(await runPaced({ items: items.slice(0, 40), pace, task })).toEqual(items.slice(0, 40))
  expect(refused - before).toBeLessThanOrEqual(before / 2)
})

test("a wave is over before its failure is raised", async () => {
  const pace = createRequestPace({ mostItems: 1, mostAtOnce: 3 })
  const ended: number[] = []
  const task = async ([item = 0]: readonly number[]) => {
    if (item === 0) throw new Error("refused")
    await new Promise((resolve) => setTimeout(resolve, 1))
    ended.push(item)
    return [item]
  }
  await expect(runPaced({ items: [0, 1, 2, 3], pace, task })).rejects.toThrow("refused")
  expect(ended).toEqual([1, 2])
})
