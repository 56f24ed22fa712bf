import { parseJson, type SourceRecord } from "@reasoningbank/core"
import { expect, it } from "vitest"
import { formatDumpLine } from "./format-dump-line.ts"

function line(record: Partial<SourceRecord>) {
  return formatDumpLine({
    tenant: "t",
    database: "d",
    collection: "c",
    record: { id: "i", document: null, metadata: null, embedding: null, ...record },
  })
}

it("writes the promised keys in their order", () => {
  expect(line({})).toBe(
    '{"tenant":"t","database":"d","collection":"c","id":"i","document":null,"metadata":null,"embedding_base64":null}',
  )
})

it("writes vectors as little-endian float32", () => {
  const embedding = Float32Array.of(1, -0, Number.NaN)
  const { embedding_base64: text } = JSON.parse(line({ embedding }))
  expect(Buffer.from(text, "base64").toString("hex")).toBe("0000803f000000800000c07f")
  const part = Float32Array.of(9, 1, 9).subarray(1, 2)
  expect(JSON.parse(line({ embedding: part })).embedding_base64).toBe("AACAPw==")
})

it("loses no digit and no character", () => {
  const metadata = Object.assign(Object.create(null), {
    big: 9223372036854775807n,
    one: 1,
    minusZero: -0,
    third: 1 / 3,
    large: 1e300,
    nan: Number.NaN,
    up: Number.POSITIVE_INFINITY,
    down: Number.NEGATIVE_INFINITY,
    list: [1n, 1, true],
  })
  const text = line({ metadata, document: "a\0b\ud800\n😀" })
  expect(text).toContain(
    '"metadata":{"big":9223372036854775807,"one":1.0,"minusZero":-0.0,"third":0.3333333333333333,"large":1e+300,"nan":"NaN","up":"Infinity","down":"-Infinity","list":[1,1.0,true]}',
  )
  expect(text).toContain(String.raw`"document":"a\u0000b\ud800\n😀"`)
  expect(text).not.toContain("\n")
  expect(parseJson(text)).toMatchObject({ document: "a\0b\ud800\n😀" })
})
