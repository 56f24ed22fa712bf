import { expect, test } from "vitest"
import { parseTrajectory } from "./parse-trajectory.ts"

test("steps under the usual names; what is left stays beside them", () => {
  const [step] = parseTrajectory([
    { iteration: 1, thought: "t", action: "generate", output: "o", output_hash: "h" },
  ]) ?? [undefined]
  expect(step).toEqual({
    iteration: "1",
    thought: "t",
    action: "generate",
    output: "o",
    error: null,
    score: null,
    attempt: null,
    rest: { output_hash: "h" },
  })
})

test("a score is its own, or what the next step of the same attempt says it was", () => {
  const steps = parseTrajectory([
    { step: 1, trajectory_id: 0 },
    { step: 1, trajectory_id: 1, score: 0.9 },
    { step: 2, trajectory_id: 0, previous_score: 0.4 },
  ])
  expect(steps?.map(({ score }) => score)).toEqual([0.4, 0.9, null])
})

test("a list may be wrapped, its steps may be plain texts", () => {
  expect(parseTrajectory({ steps: ["looked around"] })?.[0]?.output).toBe("looked around")
})

test.each([[null], [[]], ["text"], [7], [{ a: 1 }]])("%j holds no steps", (trajectory) => {
  expect(parseTrajectory(trajectory)).toBeNull()
})
