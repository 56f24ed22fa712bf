import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { embeddingDimension } from "../embedding.ts"
import type { JsonValue } from "../json/json-value.ts"
import { aMemoryItem, anEmbedding, aTrace, aVector, aWorkspaceId } from "./sample-rows.ts"
import {
  expectSame,
  type GetTarget,
  readMemoryItem,
  readTrace,
  roundTripMemoryItem,
  roundTripTrace,
  writeNew,
} from "./target-under-test.ts"

const oddTexts = [
  "",
  " ",
  "\t\n\r\u000b",
  "NULL",
  "\\N",
  "null",
  "{}",
  "quote \" apostrophe ' backslash \\ comma , brace {} bracket []",
  "\\u0041 \\x41 %s $1",
  "ÄÖÜ ß 中文 العربية",
  "emoji 👩‍👩‍👧‍👦 astral 𝒳 \u{10ffff}",
  "e\u0301 is not é",
  "\u2028\u2029\ufeff\uffff\u007f\u0001",
]

const oddJson: JsonValue = {
  "": null,
  integers: [0n, -1n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 2n ** 100n],
  floats: [0.1, 1e-7, 2.2250738585072014e-308, 5e-324, -1.5, 123456789.25],
  texts: oddTexts,
  nested: { list: [[], {}, [[]], { a: { b: [null, true, false] } }] },
  'key with "quotes" and \\': 1n,
}

const instants = [
  "0001-01-01T00:00:00.000000Z",
  "1582-10-15T12:00:00.000001Z",
  "1969-12-31T23:59:59.999999Z",
  "1970-01-01T00:00:00.000000Z",
  "2000-02-29T00:00:00.000001Z",
  "2038-01-19T03:14:08.500000Z",
  "9999-12-31T23:59:59.999999Z",
]

export function describeFieldsKept(getTarget: GetTarget): void {
  describe("fields kept exactly", () => {
    test("numbers in JSON keep every digit", async () => {
      const item = aMemoryItem({ errorContext: oddJson, extras: { odd: oddJson } })
      const found = await roundTripMemoryItem(getTarget(), item)
      expect(found.errorContext).toEqual(oddJson)
      const trace = aTrace({ metadata: { odd: oddJson }, trajectory: [oddJson] })
      expect((await roundTripTrace(getTarget(), trace)).metadata).toEqual({ odd: oddJson })
    })

    test("jsonb keeps the value of a number where it does not keep its spelling", async () => {
      const largest = Number.MAX_VALUE
      const item = aMemoryItem({ errorContext: [1, 1e21, largest, -0, 1n] })
      const found = await roundTripMemoryItem(getTarget(), item)
      const digitsOfLargest = 17976931348623157n * 10n ** 292n
      expect(found.errorContext).toEqual([1, 10n ** 21n, digitsOfLargest, 0, 1n])
    })

    test("deeply nested JSON", async () => {
      let deep: JsonValue = "bottom"
      for (let level = 0; level < 400; level++) deep = level % 2 === 0 ? [deep] : { deep }
      await roundTripTrace(getTarget(), aTrace({ trajectory: deep }))
    })

    test("texts, whatever is in them", async () => {
      const target = getTarget()
      const memoryItems = oddTexts.map((text) =>
        aMemoryItem({
          title: text,
          description: text,
          content: text,
          sourceId: text,
          domainCategory: text,
          difficultyLevel: text,
          sourceCreatedAt: text,
          patternTags: [text, text],
          errorContext: text,
          extras: { [text]: text },
          notes: [{ code: text, field: text, original: text }],
          embedding: anEmbedding({ model: text }),
        }),
      )
      const traces = oddTexts.map((text) =>
        aTrace({
          task: text,
          outcome: text,
          sourceId: text,
          trajectory: [text],
          metadata: { [text]: text },
        }),
      )
      await writeNew({ target, traces, memoryItems })
      for (const trace of traces) expectSame(await readTrace(target, trace), trace)
      for (const item of memoryItems) expectSame(await readMemoryItem(target, item), item)
    })

    test("null is not empty", async () => {
      const target = getTarget()
      const empty = {
        description: "",
        patternTags: [],
        difficultyLevel: "",
        domainCategory: "",
        sourceId: "",
      }
      const absent = {
        description: null,
        patternTags: null,
        difficultyLevel: null,
        domainCategory: null,
        sourceId: null,
        createdAt: null,
        sourceCreatedAt: null,
      }
      expect(await roundTripMemoryItem(target, aMemoryItem(empty))).toMatchObject(empty)
      expect(await roundTripMemoryItem(target, aMemoryItem(absent))).toMatchObject(absent)
      const trace = aTrace({
        outcome: null,
        trajectory: null,
        createdAt: null,
        sourceCreatedAt: null,
      })
      expect((await roundTripTrace(target, trace)).trajectory).toBeNull()
    })

    test("notes with and without an original, and an original that is null", async () => {
      const notes = [
        { code: "a", field: "x" },
        { code: "b", field: "y", original: null },
        { code: "c", field: "z", original: [1n, 2.5] },
      ]
      expect((await roundTripMemoryItem(getTarget(), aMemoryItem({ notes }))).notes).toEqual(notes)
    })

    test("timestamps to the microsecond, from the first year to the last", async () => {
      const target = getTarget()
      const memoryItems = instants.map((createdAt) => aMemoryItem({ createdAt }))
      const traces = instants.map((createdAt) => aTrace({ createdAt }))
      await writeNew({ target, traces, memoryItems })
      for (const trace of traces) expectSame(await readTrace(target, trace), trace)
      for (const item of memoryItems) expectSame(await readMemoryItem(target, item), item)
    })

    test("vectors bit for bit: denormals, both zeros, the largest, the one that rounds twice", async () => {
      const target = getTarget()
      const bits = [
        0x0000_0001, 0x8000_0001, 0x007f_ffff, 0x0080_0000, 0x8000_0000, 0, 0x7f7f_ffff,
        0xff7f_ffff, 0x15ae_43fd, 0x95ae_43fd,
      ]
      const vector = aVector(7)
      const words = new Uint32Array(vector.buffer)
      words.set(bits)
      for (let index = bits.length; index < embeddingDimension; index++) {
        const pattern = Math.imul(index, 2_654_435_761) >>> 0
        words[index] = (pattern & 0x7f80_0000) === 0x7f80_0000 ? pattern & 0xbf7f_ffff : pattern
      }
      const item = aMemoryItem({ embedding: anEmbedding({ vector }) })
      const found = await roundTripMemoryItem(target, item)
      expect(new Uint32Array(found.embedding.vector?.buffer ?? new ArrayBuffer())).toEqual(words)
      await roundTripTrace(target, aTrace({ embedding: anEmbedding({ vector }) }))
    })

    test("vectors that can not be searched are kept beside the column", async () => {
      const target = getTarget()
      const kept = new Uint32Array([
        0x7fc0_1234, 0xff80_0000, 0x7f80_0000, 0x8000_0000, 0x3f80_0000,
      ])
      const sourceVector = new Float32Array(kept.buffer)
      const embedding = anEmbedding({ status: "not_finite", vector: null, sourceVector })
      const found = await roundTripMemoryItem(target, aMemoryItem({ embedding }))
      expect(new Uint32Array(found.embedding.sourceVector?.buffer ?? new ArrayBuffer())).toEqual(
        kept,
      )
      const longer = anEmbedding({
        status: "other_dimension",
        vector: null,
        model: null,
        sourceVector: new Float32Array(1536).fill(0.5),
      })
      await roundTripTrace(target, aTrace({ embedding: longer }))
      const missing = anEmbedding({ status: "missing", vector: null, model: null })
      await roundTripTrace(target, aTrace({ embedding: missing }))
    })

    test("odd workspace ids, the same row id in each", async () => {
      const target = getTarget()
      const unique = aWorkspaceId()
      const id = randomUUID()
      const items = [
        " ",
        "/home/a b/c",
        "C:\\projects\\x",
        "日本語",
        "a,b;c\"d'e{}",
        "x".repeat(2_000),
      ].map((workspace, index) =>
        aMemoryItem({
          id,
          workspaceId: `${unique.slice(0, 8)}${workspace}`,
          title: `row ${index}`,
        }),
      )
      await writeNew({ target, memoryItems: items })
      for (const item of items) expectSame(await readMemoryItem(target, item), item)
    })

    test("a source id of 8,000 characters and a content of a megabyte", async () => {
      const content = Array.from({ length: 65_536 }, (_, index) =>
        `line ${index} ü`.slice(0, 15),
      ).join("\n")
      await roundTripMemoryItem(getTarget(), aMemoryItem({ sourceId: "ä".repeat(8_000), content }))
    })

    test("ordinals and stages up to the largest", async () => {
      const fields = { ordinal: 2_147_483_647, evolutionStage: 2_147_483_647 }
      await roundTripMemoryItem(getTarget(), aMemoryItem(fields))
    })

    test.each([
      ["a NUL character", { title: "a\u0000b" }],
      ["a NUL character in JSON", { extras: { key: "a\u0000b" } }],
      ["a lone surrogate", { content: "a\ud800b" }],
      ["a lone surrogate in JSON", { errorContext: { "a\udc00": 1n } }],
      ["an empty workspace id", { workspaceId: "" }],
      ["a workspace id too long for an index", { workspaceId: "x".repeat(2_049) }],
      ["an id that is no UUID", { id: "mem-7" }],
      ["a negative ordinal", { ordinal: -1 }],
      ["a vector of another length", { embedding: anEmbedding({ vector: new Float32Array(3) }) }],
      [
        "a vector with NaN",
        { embedding: anEmbedding({ vector: aVector().fill(Number.NaN, 0, 1) }) },
      ],
      ["a status without its vector", { embedding: anEmbedding({ vector: null }) }],
    ])("refuses %s rather than changing it", async (_, fields) => {
      const write = writeNew({ target: getTarget(), memoryItems: [aMemoryItem(fields)] })
      await expect(write).rejects.toMatchObject({ code: "target:row_refused" })
    })
  })
}
