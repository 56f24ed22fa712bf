import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { createSerialLock } from "./serial-lock.ts"

test("runs one task at a time, in order, also after a failure", async () => {
  const lock = createSerialLock()
  const events: string[] = []
  const task = (name: string, pauseInMs: number) =>
    lock(async () => {
      events.push(`${name} begins`)
      await sleep(pauseInMs)
      events.push(`${name} ends`)
      if (name === "b") throw new Error("b failed")
      return name
    })
  const results = await Promise.allSettled([task("a", 5), task("b", 0), task("c", 0)])
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"])
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
})
