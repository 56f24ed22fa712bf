import { describe, expect, test } from "vitest"
import type { MemoryItem } from "../memory-item.ts"
import { differingFields } from "../migration/differing-fields.ts"
import { rowDigest } from "../migration/row-digest.ts"
import { aMemoryItem, aVector } from "../testing/sample-rows.ts"
import { differencesOfRows } from "./compare-rows.ts"

const embedding = {
  status: "present" as const,
  model: "all-MiniLM-L6-v2",
  vector: aVector(1),
  sourceVector: null,
}
const row: MemoryItem = aMemoryItem({
  embedding,
  errorContext: {
    count: 9_007_199_254_740_993n,
    ratio: 0.5,
    list: [1n, "a", null],
    nested: { a: 1n },
  },
  links: [
    {
      relation: "parent",
      ordinal: 0,
      targetKind: "memory_item",
      targetId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
      sourceReference: null,
    },
    {
      relation: "derived_from",
      ordinal: 0,
      targetKind: "memory_item",
      targetId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
      sourceReference: "x",
    },
  ],
})

function flipped(position: number): Float32Array {
  const vector = aVector(1).slice()
  const bits = new Uint32Array(vector.buffer)
  bits[position] = (bits[position] ?? 0) ^ 1
  return vector
}

describe("rows that differ", () => {
  const cases: [string, Partial<MemoryItem>][] = [
    ["title", { title: `${row.title} ` }],
    ["description", { description: row.description === null ? "" : null }],
    ["content", { content: row.content.replace("a", "á") || "á" }],
    ["patternTags", { patternTags: row.patternTags === null ? [] : null }],
    ["createdAt", { createdAt: "2001-01-01T00:00:00.000001Z" }],
    ["ordinal", { ordinal: row.ordinal + 1 }],
    ["evolutionStage", { evolutionStage: row.evolutionStage + 1 }],
    ["traceId", { traceId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee" }],
    ["extras", { extras: { ...row.extras, added: null } }],
    ["notes", { notes: [...row.notes, { code: "too_short", field: "title" }] }],
    ["links", { links: row.links.slice(1) }],
    ["embedding", { embedding: { ...embedding, vector: flipped(383) } }],
    ["embeddingModel", { embedding: { ...embedding, model: "another" } }],
    ["sourceEmbedding", { embedding: { ...embedding, sourceVector: new Float32Array(0) } }],
  ]
  test.each(cases)("by %s", (name, change) => {
    const other = { ...row, ...change }
    expect(differencesOfRows(row, other)).toEqual([name])
    expect(differencesOfRows(other, row)).toEqual([name])
  })

  test.each([
    [{ a: 9_007_199_254_740_993n }, { a: 9_007_199_254_740_992n }],
    [{ a: 1n }, { a: "1" }],
    [{ a: null }, {}],
    [{ a: [1n, 2n] }, { a: [2n, 1n] }],
    [{ a: 0.1 }, { a: 0.100_000_000_000_000_02 }],
  ])("by JSON: %o and %o", (a, b) => {
    expect(differencesOfRows({ ...row, errorContext: a }, { ...row, errorContext: b })).toEqual([
      "errorContext",
    ])
  })
})

describe("rows that are the same", () => {
  test.each([
    [
      { a: 1n, b: 2n },
      { b: 2n, a: 1n },
    ],
    [{ a: 1 }, { a: 1n }],
    [{ a: 1e23 }, { a: 100_000_000_000_000_000_000_000n }],
    [{ a: -0 }, { a: 0n }],
    [{ a: Number.NaN }, { a: "NaN" }],
    [{ a: 1.5 }, { a: 1.5 }],
  ])("by JSON: %o and %o", (a, b) => {
    const [left, right] = [
      { ...row, errorContext: a },
      { ...row, errorContext: b },
    ]
    expect(differencesOfRows(left, right)).toEqual([])
    // The other way of comparing says the same.
    expect(Buffer.compare(rowDigest(left), rowDigest(right))).toBe(0)
    expect(differingFields(left, right)).toEqual([])
  })

  test("links in another order, a vector in another buffer", () => {
    const other = {
      ...row,
      links: row.links.toReversed(),
      embedding: { ...embedding, vector: Float32Array.from(embedding.vector) },
    }
    expect(differencesOfRows(row, other)).toEqual([])
  })
})
