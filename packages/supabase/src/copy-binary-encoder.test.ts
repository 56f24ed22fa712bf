import { expect, test } from "vitest"
import { type CopyBinaryEncoder, createCopyBinaryEncoder } from "./copy-binary-encoder.ts"

const header = "5047434f50590aff0d0a000000000000000000"
const trailer = "ffff"

function encoded(write: (encoder: CopyBinaryEncoder) => void): string {
  const encoder = createCopyBinaryEncoder({ initialBytes: 0 })
  write(encoder)
  const stream = Buffer.from(encoder.finish()).toString("hex")
  expect(stream.startsWith(header)).toBe(true)
  expect(stream.endsWith(trailer)).toBe(true)
  return stream.slice(header.length, -trailer.length)
}

test("no rows are a header and a trailer", () => {
  expect(encoded(() => {})).toBe("")
})

test("a row begins with its number of columns", () => {
  expect(encoded((encoder) => encoder.row(24))).toBe("0018")
})

test("null has a length of -1, whatever the type", () => {
  const names = [
    "text",
    "uuid",
    "int4",
    "jsonb",
    "bytea",
    "textArray",
    "timestamptz",
    "vector",
  ] as const
  for (const name of names) expect(encoded((encoder) => encoder[name](null))).toBe("ffffffff")
})

test("text is UTF-8 after its length in bytes", () => {
  expect(encoded((encoder) => encoder.text(""))).toBe("00000000")
  expect(encoded((encoder) => encoder.text("aé€😀"))).toBe("0000000a61c3a9e282acf09f9880")
})

test("uuid is 16 bytes, upper case or lower", () => {
  const bytes = "00000010" + "0123456789abcdef0123456789abcdef"
  expect(encoded((encoder) => encoder.uuid("01234567-89ab-cdef-0123-456789abcdef"))).toBe(bytes)
  expect(encoded((encoder) => encoder.uuid("01234567-89AB-CDEF-0123-456789ABCDEF"))).toBe(bytes)
})

test.each([
  "",
  "01234567-89ab-cdef-0123-456789abcde",
  "01234567-89ab-cdef-0123-456789abcdeg",
  "0123456789ab-cdef-0123-456789abcdef-00000",
  "01234567-89ab-cdef-0123-456789abcd😀",
])("%j is no uuid", (text) => {
  expect(() => encoded((encoder) => encoder.uuid(text))).toThrow("An id must be a UUID")
})

test("int4 is big-endian", () => {
  expect(encoded((encoder) => encoder.int4(2_147_483_647))).toBe("000000047fffffff")
  expect(encoded((encoder) => encoder.int4(-2))).toBe("00000004fffffffe")
})

test("jsonb is version 1 and the text", () => {
  expect(encoded((encoder) => encoder.jsonb('{"é":1}'))).toBe("00000009017b22c3a9223a317d")
})

test("bytea is its bytes", () => {
  expect(encoded((encoder) => encoder.bytea(new Uint8Array([0, 255])))).toBe("0000000200ff")
})

test("an empty text array has no dimension, another has one that starts at 1", () => {
  expect(encoded((encoder) => encoder.textArray([]))).toBe(
    "0000000c" + "00000000" + "00000000" + "00000019",
  )
  expect(encoded((encoder) => encoder.textArray(["a", ""]))).toBe(
    "0000001d" +
      "00000001" +
      "00000000" +
      "00000019" +
      "00000002" +
      "00000001" +
      "0000000161" +
      "00000000",
  )
})

test("timestamptz is microseconds since 2000", () => {
  expect(encoded((encoder) => encoder.timestamptz("2000-01-01T00:00:00.000001Z"))).toBe(
    "000000080000000000000001",
  )
  expect(encoded((encoder) => encoder.timestamptz("1999-12-31T23:59:59.999999Z"))).toBe(
    "00000008ffffffffffffffff",
  )
})

test("vector is its length, two unused bytes and big-endian float32, bit for bit", () => {
  const bits = new Uint32Array([0x3f80_0000, 0x8000_0000, 0x0000_0001, 0x7f7f_ffff])
  expect(encoded((encoder) => encoder.vector(new Float32Array(bits.buffer)))).toBe(
    "00000014" + "00040000" + "3f800000" + "80000000" + "00000001" + "7f7fffff",
  )
})

test("a vector that is a part of a larger buffer", () => {
  const vector = new Float32Array([9, 1, 9]).subarray(1, 2)
  expect(encoded((encoder) => encoder.vector(vector))).toBe("00000008" + "00010000" + "3f800000")
})

test("the source of a vector is not changed", () => {
  const vector = new Float32Array([1, 2])
  encoded((encoder) => encoder.vector(vector))
  expect([...vector]).toEqual([1, 2])
})

test("grows as rows are added and starts anew after finishing", () => {
  const encoder = createCopyBinaryEncoder({ initialBytes: 16 })
  const text = "ü".repeat(1_000)
  for (let row = 0; row < 100; row++) {
    encoder.row(1)
    encoder.text(text)
  }
  const first = encoder.finish()
  expect(first.length).toBe(19 + 100 * (2 + 4 + 2_000) + 2)
  encoder.row(1)
  encoder.text("b")
  expect(Buffer.from(encoder.finish()).toString("hex")).toBe(`${header}00010000000162${trailer}`)
  expect(Buffer.from(first).subarray(25, 2_025).toString()).toBe(text)
})

test("a lone surrogate is refused, not replaced", () => {
  expect(() => encoded((encoder) => encoder.text("a\ud800"))).toThrow("lone surrogate")
  expect(() => encoded((encoder) => encoder.textArray(["\udc00"]))).toThrow("lone surrogate")
})
