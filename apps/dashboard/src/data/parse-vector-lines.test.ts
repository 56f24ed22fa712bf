import { expect, test } from "vitest"
import { parseVectorLines } from "./parse-vector-lines.ts"

/** As `vector_send` of pgvector. */
function encode(vector: readonly number[]): string {
  const bytes = Buffer.alloc(4 + 4 * vector.length)
  bytes.writeUInt16BE(vector.length, 0)
  vector.forEach((value, column) => {
    bytes.writeFloatBE(value, 4 + 4 * column)
  })
  return bytes.toString("base64")
}

test("every line is an id and its vector, bit for bit", () => {
  const rows = parseVectorLines(`a ${encode([0.1, -2.5, 1e-40])}\nb ${encode([1, 2, 3])}`)
  expect(rows.ids).toEqual(["a", "b"])
  expect([rows.count, rows.dimension]).toEqual([2, 3])
  expect(rows.values).toEqual(Float32Array.from([0.1, -2.5, 1e-40, 1, 2, 3]))
})

test.each([null, ""])("no lines are no rows", (text) => {
  expect(parseVectorLines(text)).toMatchObject({ ids: [], count: 0, dimension: 0 })
})
