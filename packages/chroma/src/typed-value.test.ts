import { DatabaseSync } from "node:sqlite"
import { expect, it } from "vitest"
import { decodeSequenceId } from "./sequence-id.ts"
import { typedColumns, typedValue } from "./typed-value.ts"

function roundTrip(column: string, sql: string) {
  const database = new DatabaseSync(":memory:")
  database.exec(
    "create table t (string_value text, int_value integer, float_value real, bool_value integer)",
  )
  database.exec(`insert into t (${column}) values (${sql})`)
  const statement = database.prepare(
    `select 1, 2, 3, 4, ${typedColumns({ alias: "t", booleans: true })} from t`,
  )
  statement.setReturnArrays(true)
  const row: unknown = statement.get()
  database.close()
  return typedValue(Array.isArray(row) ? row : [])
}

it.each([
  ["string_value", "''", ""],
  ["string_value", "'a' || char(0) || 'b'", "a\0b"],
  ["string_value", "'😀'", "😀"],
  ["string_value", "x'6162'", "ab"],
  ["int_value", "1", 1n],
  ["int_value", "9223372036854775807", 9223372036854775807n],
  ["int_value", "-9223372036854775808", -9223372036854775808n],
  ["int_value", "9007199254740993", 9007199254740993n],
  ["float_value", "1", 1],
  ["float_value", "5e-324", 5e-324],
  ["float_value", "9e999", Number.POSITIVE_INFINITY],
  ["bool_value", "1", true],
  ["bool_value", "0", false],
  ["string_value", "null", undefined],
])("keeps the type of %s %s", (column, sql, expected) => {
  expect(roundTrip(column, sql)).toBe(expected)
})

it("reads a position in the log as every release wrote it", () => {
  expect(decodeSequenceId(12)).toBe(12)
  expect(decodeSequenceId(Uint8Array.of(0, 0, 0, 0, 0, 0, 3, 108))).toBe(876)
  expect(decodeSequenceId(Uint8Array.from({ length: 24 }, (_, at) => (at === 23 ? 7 : 0)))).toBe(7)
  expect(decodeSequenceId(new Uint8Array(8).fill(255))).toBeNull()
  expect(decodeSequenceId(Uint8Array.of(1, 2, 3))).toBeNull()
  expect(decodeSequenceId("12")).toBeNull()
  expect(decodeSequenceId(null)).toBeNull()
})
