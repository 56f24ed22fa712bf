import { expect, test } from "vitest"
import { readErrorContext } from "./read-error-context.ts"

test("the current dialect", () => {
  expect(
    readErrorContext({
      error_type: "lock_contention",
      failure_pattern: "one queue",
      corrective_guidance: "a queue each",
      seen: true,
    }),
  ).toEqual({
    pattern: "Lock contention",
    message: null,
    wrong: "one queue",
    why: null,
    instead: "a queue each",
    rest: { seen: true },
  })
})

test("the legacy dialect", () => {
  expect(
    readErrorContext({
      error_type: "use after free",
      error_message: "heap-use-after-free",
      what_was_wrong: "a kept reference",
      why_happened: "chunks move",
      how_fixed: "handles",
    }),
  ).toMatchObject({
    pattern: "use after free",
    wrong: "a kept reference",
    why: "chunks move",
    instead: "handles",
    rest: {},
  })
})

test("what is no text stays as it is", () => {
  expect(readErrorContext({ error_type: 7 })).toMatchObject({
    pattern: null,
    rest: { error_type: 7 },
  })
})
