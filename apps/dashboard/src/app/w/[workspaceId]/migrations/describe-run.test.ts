import { expect, test } from "vitest"
import { describeRun } from "./describe-run.ts"

test.each([
  ["running", true, "Running"],
  ["running", false, "Stopped"],
  ["rolling_back", false, "Stopped"],
  ["verified", false, "Verified"],
  ["differences", false, "Differences"],
  ["made_up_later", false, "made up later"],
])("%s, live %s, is %s", (status, isLive, label) => {
  expect(describeRun({ status, isLive }).label).toBe(label)
})

test("only what was verified without reserve looks like success", () => {
  const statuses = ["verified_with_rejects", "verified_with_conflicts", "differences", "failed"]
  const tones = statuses.map((status) => describeRun({ status, isLive: false }).tone)
  expect(tones).toEqual(["partial", "partial", "failure", "failure"])
})
