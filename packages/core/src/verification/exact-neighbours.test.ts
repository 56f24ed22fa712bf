import { expect, test } from "vitest"
import { aMemoryItem, aVector } from "../testing/sample-rows.ts"
import { cosineDistance, createExactNeighbours } from "./exact-neighbours.ts"
import { createVectorSample } from "./vector-sample.ts"

const model = "all-MiniLM-L6-v2"
const rows = Array.from({ length: 200 }, (_, index) =>
  aMemoryItem({
    workspaceId: index % 3 === 0 ? "other" : "one",
    embedding: { status: "present", model, vector: aVector(index + 1), sourceVector: null },
  }),
)

function sampled(order: typeof rows) {
  const sample = createVectorSample({ size: 5, seed: 7 })
  for (const row of order) sample.offer("memory_item", row)
  return sample.list()
}

test("a sample is the same in whatever order rows come", () => {
  expect(sampled(rows.toReversed())).toEqual(sampled(rows))
  expect(sampled(rows)).toHaveLength(5)
})

test("the nearest are those of a sort of all of the same workspace", () => {
  const samples = sampled(rows)
  const neighbours = createExactNeighbours({ samples, count: 8 })
  for (const row of rows) neighbours.offer("memory_item", row)
  for (const [position, sample] of samples.entries()) {
    const expected = rows
      .filter(({ workspaceId }) => workspaceId === sample.workspaceId)
      .map(({ id, embedding }) => ({
        id,
        distance: cosineDistance(sample.vector, embedding.vector ?? new Float32Array()) ?? 2,
      }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 8)
    expect(neighbours.list()[position]).toEqual(expected)
    expect(expected[0]?.id).toBe(sample.id)
  }
})
