import { expect, test } from "vitest"
import { pgvectorWarnings } from "./pgvector-warnings.ts"

test.each([
  ["0.8.0", 3],
  ["0.8.1", 3],
  ["0.8.2", 2],
  ["0.8.3", 1],
  ["0.8.4", 0],
  ["0.8.10", 0],
  ["0.9.0", 0],
  ["1.0", 0],
])("%s lacks %s fixes", (version, count) => {
  expect(pgvectorWarnings(version)).toHaveLength(count)
})

test("a warning names the fix", () => {
  expect(pgvectorWarnings("0.8.3")).toEqual([
    "pgvector 0.8.3 lacks the fix of 0.8.4: insert errors while an HNSW index is vacuumed.",
  ])
})
