import { expect, test } from "vitest"
import type { StagedColumn } from "./staged-columns.ts"
import { stringifyRows } from "./stringify-rows.ts"

type Row = { vector: Float32Array | null; bytes: Uint8Array | null; count: number }

const columns: StagedColumn<Row>[] = [
  { name: "vector", type: "vector", value: ({ vector }) => vector },
  { name: "bytes", type: "bytea", value: ({ bytes }) => bytes },
  { name: "count", type: "int4", value: ({ count }) => count },
  { name: "name", type: "text", value: () => 'a "b" \\' },
  { name: "tags", type: "text[]", value: () => ["x", "y,z"] },
  { name: "extras", type: "jsonb", value: () => ({ big: 2n ** 63n, float: 1 }) },
]

test("is JSON with every digit", () => {
  const row = { vector: new Float32Array([0.1, -0]), bytes: new Uint8Array([1, 255]), count: 3 }
  expect(stringifyRows({ rows: [row], columns })).toBe(
    '[{"vector":"[0.100000001,-0]","bytes":"\\\\x01ff","count":3,"name":"a \\"b\\" \\\\",' +
      '"tags":["x","y,z"],"extras":{"big":9223372036854775808,"float":1.0}}]',
  )
})

test("null is null", () => {
  const row = { vector: null, bytes: null, count: 0 }
  expect(JSON.parse(stringifyRows({ rows: [row, row], columns }))[1]).toMatchObject({
    vector: null,
    bytes: null,
  })
  expect(stringifyRows({ rows: [], columns })).toBe("[]")
})

test("nine digits name each float32", () => {
  const words = Uint32Array.from(
    { length: 100_000 },
    (_, index) => Math.imul(index, 2_654_435_761) & 0xff7f_ffff,
  )
  const vector = new Float32Array(words.buffer)
  const [{ vector: text }] = JSON.parse(
    stringifyRows({ rows: [{ vector, bytes: null, count: 0 }], columns }),
  )
  const back = Float32Array.from(text.slice(1, -1).split(","), Number)
  expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(vector.buffer))).toBe(0)
})
