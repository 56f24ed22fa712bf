import { expect, test } from "vitest"
import { bucketHours, latencyRows } from "./latency-rows.ts"

const none = { p50: null, p95: null, p99: null }
const bucket = (start: string, backend: string) => ({
  start,
  backend,
  searches: 4,
  errors: 1,
  embedding: none,
  database: none,
  total: { p50: 10, p95: 20, p99: 30 },
})
const now = new Date("2026-11-25T10:20:00Z")

test.each([
  ["2026-11-24", 1],
  ["2026-11-19", 24],
  ["2026-08-28", 168],
  ["2024-08-28", 672],
  [null, 672],
])("from %s a stretch is %i hours", (from, hours) => {
  expect(bucketHours({ from, to: "2026-11-25" })).toBe(hours)
})

test("weeks begin on Monday, as in the database; others' searches are left out", () => {
  const rows = latencyRows({
    buckets: [
      bucket("2026-11-23T00:00:00+00:00", "supabase"),
      bucket("2026-11-16T00:00:00+00:00", "chroma"),
    ],
    backend: "supabase",
    range: { from: "2026-10-20", to: "2026-11-25" },
    now,
  })
  expect(rows.map(({ from }) => from)).toEqual([
    "2026-10-19",
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
  ])
  expect(rows.at(-1)?.values).toMatchObject({
    answered: 3,
    failed: 1,
    total95: 20,
    embedding50: null,
  })
  expect(rows.at(-2)?.values.total95).toBeUndefined()
})

test("hours end with the present one", () => {
  const rows = latencyRows({
    buckets: [bucket("2026-11-25T10:00:00+00:00", "supabase")],
    backend: "supabase",
    range: { from: "2026-11-25", to: "2026-11-25" },
    now,
  })
  expect(rows).toHaveLength(11)
  expect(rows.at(-1)).toMatchObject({ label: "10:00", values: { total50: 10 } })
})
