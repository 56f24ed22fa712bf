import { expect, test } from "vitest"
import { describeSuccess } from "./describe-success.ts"

const range = { phrase: "in the last 30 days" }
const traces = (traces: number, success: number) => ({ traces, success })

test.each([
  [traces(0, 0), traces(4, 1), "No traces in the last 30 days"],
  [traces(4, 3), null, "75 % of traces succeeded in the last 30 days"],
  [traces(4, 3), traces(0, 0), "75 % of traces succeeded in the last 30 days"],
  [traces(4, 3), traces(8, 6), "Success rate held at 75 % in the last 30 days"],
  [traces(4, 3), traces(100, 61), "Success rate rose from 61 % to 75 % in the last 30 days"],
  [traces(4, 1), traces(4, 3), "Success rate fell from 75 % to 25 % in the last 30 days"],
])("%o after %o", (now, before, sentence) => {
  expect(describeSuccess({ now, before, range })).toBe(sentence)
})
