import { ReasoningBankError } from "@reasoningbank/core"
import { expect, test } from "vitest"
import { inHalves } from "./in-halves.ts"
import { TooMuchAtOnce } from "./unwrap-response.ts"

function atMost(limit: number) {
  const calls: number[] = []
  const task = async (items: readonly number[]) => {
    calls.push(items.length)
    if (items.length > limit)
      throw new TooMuchAtOnce(new ReasoningBankError({ code: "target:busy", message: "too much" }))
    return [...items]
  }
  return { task, calls }
}

test("one call when it fits", async () => {
  const { task, calls } = atMost(5)
  expect(await inHalves({ items: [1, 2, 3, 4, 5], task })).toEqual([1, 2, 3, 4, 5])
  expect(calls).toEqual([5])
})

test("smaller parts in order when it does not", async () => {
  const { task, calls } = atMost(2)
  expect(await inHalves({ items: [1, 2, 3, 4, 5], task })).toEqual([1, 2, 3, 4, 5])
  expect(calls).toEqual([5, 3, 2, 1, 2])
})

test("a single item that is too much is explained", async () => {
  const { task } = atMost(0)
  await expect(inHalves({ items: [1, 2], task })).rejects.toMatchObject({ code: "target:busy" })
})

test("nothing is still asked for", async () => {
  const { task, calls } = atMost(0)
  expect(await inHalves({ items: [], task })).toEqual([])
  expect(calls).toEqual([0])
})
