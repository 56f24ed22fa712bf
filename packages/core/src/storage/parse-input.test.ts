import { expect, test } from "vitest"
import { newReasoningTraceSchema } from "./new-reasoning-trace.ts"
import { parseInput } from "./parse-input.ts"

function violationsOf(input: unknown): string {
  try {
    parseInput({ schema: newReasoningTraceSchema, input, what: "The trace" })
    return ""
  } catch (error) {
    return String(error)
  }
}

const whole = {
  workspaceId: "w",
  task: "Write a parser",
  trajectory: [{ iteration: 0, action: "think" }],
  outcome: "success",
}

test("every violation is named with what was given and expected", () => {
  const message = violationsOf({
    ...whole,
    task: "a\u0000b",
    outcome: "won",
    memoryItems: [
      {
        title: "x",
        description: 5,
        content: "y".repeat(30),
        patternTags: Array.from({ length: 11 }, () => "t"),
        difficultyLevel: "unknown",
        createdAt: "2020-01-01",
        errorContext: { when: new Date(), rate: Number.NaN },
        embedding: { vector: [0, 0], model: "m" },
        typo: 1,
      },
      "item",
    ],
  })
  for (const part of [
    "task: 3 characters given, at least 5 expected",
    "task: a NUL character can not be stored",
    'outcome: "won" given, success, failure, partial expected',
    "memoryItems[0].title: 1 character given, 5 to 200 expected",
    "memoryItems[0].description: 5 given, a string expected",
    "memoryItems[0].patternTags: 11 elements given, at most 10 expected",
    'memoryItems[0].difficultyLevel: "unknown" given, simple, moderate, complex, expert expected',
    'memoryItems[0].createdAt: "2020-01-01" given, a time with its zone expected',
    "memoryItems[0].errorContext.when: a Date given, JSON expected",
    "memoryItems[0].errorContext.rate: NaN given, a finite number expected",
    "memoryItems[0].embedding.vector: a vector of zeros",
    "memoryItems[0]: unknown key typo",
    'memoryItems[1]: "item" given, an object expected',
  ]) {
    expect(message).toContain(part)
  }
})

test("lengths are counted in characters, not in UTF-16 units", () => {
  expect(violationsOf({ ...whole, task: "🧠🧠🧠🧠🧠" })).toBe("")
  expect(violationsOf({ ...whole, task: "🧠🧠🧠🧠" })).toContain("4 characters given")
})

test.each([null, undefined, 5, "trace", []])("%j is no trace", (input) => {
  expect(violationsOf(input)).toContain("an object expected")
})

test("steps may have any further keys", () => {
  const steps = [{ iteration: 2, action: "matts_refine", candidate_id: 3, all_scores: [0.5] }]
  const { trajectory } = parseInput({
    schema: newReasoningTraceSchema,
    input: { ...whole, trajectory: steps },
    what: "The trace",
  })
  expect(trajectory).toEqual(steps)
})
