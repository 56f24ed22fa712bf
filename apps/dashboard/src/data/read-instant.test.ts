import { expect, test } from "vitest"
import { readInstant } from "./read-instant.ts"

test.each([
  { value: "2026-11-01", edge: "from", expected: "2026-11-01T00:00:00.000Z" },
  { value: "2026-11-30", edge: "to", expected: "2026-12-01T00:00:00.000Z" },
  { value: "2026-11-01T10:00:00.123456Z", edge: "to", expected: "2026-11-01T10:00:00.123456Z" },
  { value: "2026-11-01T10:00:00+02:00", edge: "from", expected: "2026-11-01T10:00:00+02:00" },
  { value: "2026-11-01T10:00:00", edge: "from", expected: null },
  { value: "2026-13-01", edge: "from", expected: null },
  { value: "yesterday", edge: "from", expected: null },
  { value: null, edge: "to", expected: null },
] as const)("$value as $edge is $expected", ({ value, edge, expected }) => {
  expect(readInstant({ value, edge })).toBe(expected)
})
