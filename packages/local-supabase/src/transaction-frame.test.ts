import { expect, test } from "vitest"
import {
  decodeTransaction,
  encodeTransaction,
  type LocalSqlStatement,
} from "./transaction-frame.ts"

test("carries statements and binary data unchanged", () => {
  const statements: LocalSqlStatement[] = [
    { sql: "select $1::text, $2::int", parameters: ["é", 5] },
    { copyInto: "a (x)", data: Uint8Array.of(0, 255, 1) },
    { sql: "select 2" },
    { copyInto: "b", data: new Uint8Array() },
    { copyInto: "c", data: Uint8Array.of(7) },
  ]
  const decoded = decodeTransaction(Buffer.concat(encodeTransaction(statements)))
  expect(
    decoded.map((statement) =>
      "data" in statement ? { ...statement, data: [...statement.data] } : statement,
    ),
  ).toEqual([
    statements[0],
    { copyInto: "a (x)", data: [0, 255, 1] },
    statements[2],
    { copyInto: "b", data: [] },
    { copyInto: "c", data: [7] },
  ])
})

test("refuses data that is cut short", () => {
  const frame = Buffer.concat(encodeTransaction([{ copyInto: "a", data: Uint8Array.of(1, 2, 3) }]))
  expect(() => decodeTransaction(frame.subarray(0, -1))).toThrow(RangeError)
  expect(() => decodeTransaction(frame.subarray(0, 2))).toThrow(RangeError)
})
