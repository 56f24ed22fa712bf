import { expect, test } from "vitest"
import { parseVectorText } from "./parse-vector-text.ts"

test("reads what pgvector prints", () => {
  const text = "[0.1,-0,1e-45,3.4028235e+38,-1.1754944e-38,16777216]"
  expect(new Uint32Array(parseVectorText(text).buffer)).toEqual(
    new Uint32Array([0x3dcc_cccd, 0x8000_0000, 1, 0x7f7f_ffff, 0x8080_0000, 0x4b80_0000]),
  )
})

test("reads the one pair of values right that rounding twice gets wrong", () => {
  const vector = parseVectorText("[7.038531e-26,-7.038531e-26]")
  expect(new Uint32Array(vector.buffer)).toEqual(new Uint32Array([0x15ae_43fd, 0x95ae_43fd]))
})

test.each(["", "[]", "1,2", "[1,,2]", "[1,x]", "[1,2"])("refuses %j", (text) => {
  expect(() => parseVectorText(text)).toThrow("can not be read")
})
