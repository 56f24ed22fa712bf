import { expect, test } from "vitest"
import { createWarningCounter } from "./warning-counter.ts"

test("a record counts once, however often the source is read", () => {
  const counter = createWarningCounter()
  for (const pass of [1, 2]) {
    for (const example of ["a", "b"]) {
      counter.count({ code: "vector_missing", message: `pass ${pass}`, collection: "c", example })
    }
    counter.count({ code: "index_unreadable", message: "no pickle", collection: "c" })
  }
  expect(counter.warnings()).toEqual([
    { code: "vector_missing", message: "pass 1", collection: "c", count: 2, examples: ["a", "b"] },
    { code: "index_unreadable", message: "no pickle", collection: "c", count: 1, examples: [] },
  ])
})
