import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readIndexMetadata } from "./index-metadata.ts"

const doubtful = -1
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chroma-pickle-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(...parts: (Buffer | number[])[]) {
  const file = join(folder, "index_metadata.pickle")
  writeFileSync(file, Buffer.concat(parts.map((part) => Buffer.from(part))))
  return readIndexMetadata(file)
}

const text = (value: string) => {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([Buffer.from("X"), length, bytes])
}
const integer = (value: number) => {
  const bytes = Buffer.alloc(5, "J")
  bytes.writeInt32LE(value, 1)
  return bytes
}
const dictionary = (entries: [Buffer, Buffer][]) =>
  Buffer.concat([Buffer.from("}("), ...entries.flat(), Buffer.from("u")])
const labels = (entries: [string, number][]) =>
  dictionary(entries.map(([id, label]) => [text(id), integer(label)]))
const inverse = (entries: [number, string][]) =>
  dictionary(entries.map(([label, id]) => [integer(label), text(id)]))

/** As the Rust releases write it: protocol 3, no memo. */
function rust(idToLabel: [string, number][], labelToId: [number, string][], position = "N") {
  return Buffer.concat([
    Buffer.from([0x80, 3]),
    dictionary([
      [text("dimensionality"), integer(3)],
      [text("max_seq_id"), Buffer.from(position, "latin1")],
      [text("id_to_label"), labels(idToLabel)],
      [text("label_to_id"), inverse(labelToId)],
      [text("id_to_seq_id"), Buffer.from("}")],
    ]),
    Buffer.from("."),
  ])
}

/** As Python writes it: protocol 5, an object, each text kept in the memo and recalled. */
function python(): Buffer {
  const short = (value: string) => Buffer.from([0x8c, value.length, ...Buffer.from(value), 0x94])
  return Buffer.concat([
    Buffer.from([0x80, 5, 0x95, 20, 0, 0, 0, 0, 0, 0, 0]),
    short("chromadb.segment.impl.vector.local_persistent_hnsw"),
    short("PersistentData"),
    Buffer.from([0x93, 0x94, 0x29, 0x81, 0x94, 0x7d, 0x94, 0x28]),
    short("max_seq_id"),
    Buffer.from([0x4d, 0xf4, 0x02]),
    short("id_to_label"),
    Buffer.from([0x7d, 0x94, 0x28]),
    ...[short("a"), Buffer.from([0x4b, 1]), short("b"), Buffer.from([0x4d, 0x2c, 0x01])],
    Buffer.from("u"),
    short("label_to_id"),
    Buffer.from([0x7d, 0x94, 0x28, 0x4b, 1, 0x68, 8, 0x4d, 0x2c, 0x01, 0x68, 9, 0x75]),
    Buffer.from("ub."),
  ])
}

describe("readIndexMetadata", () => {
  it("reads what the Rust releases write", () => {
    const { labels: found, flushPoint } = read(
      rust(
        [
          ["a", 1],
          ["b", 2],
        ],
        [
          [1, "a"],
          [2, "b"],
        ],
      ),
    )
    expect([...found]).toEqual([
      ["a", 1],
      ["b", 2],
    ])
    expect(flushPoint).toBeNull()
  })

  it("reads what the Python releases write", () => {
    const { labels: found, flushPoint } = read(python())
    expect([...found]).toEqual([
      ["a", 1],
      ["b", 300],
    ])
    expect(flushPoint).toBe(756)
  })

  it("keeps ids that are names of other things, long ones, and wide positions", () => {
    const long = "x".repeat(70_000)
    const ids: [string, number][] = [
      ["__proto__", 1],
      ["constructor", 2],
      [long, 3],
      ["é😀", 4],
    ]
    const back = ids.map(([id, label]): [number, string] => [label, id])
    const { labels: found, flushPoint } = read(rust(ids, back, "\x8a\x05\x00\x00\x00\x00\x01"))
    expect([...found]).toEqual(ids)
    expect(flushPoint).toBe(2 ** 32)
  })

  it("trusts no label that the two maps do not agree on", () => {
    const twice = read(
      rust(
        [
          ["a", 1],
          ["a", 2],
        ],
        [
          [1, "a"],
          [2, "b"],
        ],
      ),
    )
    expect([...twice.labels]).toEqual([["a", doubtful]])
    const shared = read(
      rust(
        [
          ["a", 2],
          ["b", 2],
        ],
        [
          [1, "a"],
          [2, "b"],
        ],
      ),
    )
    expect([...shared.labels]).toEqual([
      ["a", doubtful],
      ["b", 2],
    ])
    const other = read(
      rust(
        [
          ["a", 1],
          ["c", 2],
        ],
        [
          [1, "a"],
          [2, "b"],
        ],
      ),
    )
    expect([...other.labels]).toEqual([
      ["a", 1],
      ["c", doubtful],
    ])
    const negative = read(rust([["a", -5]], [[-5, "a"]]))
    expect([...negative.labels]).toEqual([["a", doubtful]])
  })

  it("refuses every operation that could call, import or build something", () => {
    const evil = Buffer.from("\x80\x03cposix\nsystem\n(X\x02\x00\x00\x00idtR.", "latin1")
    expect(() => read(evil)).toThrow("the pickle asks for posix.system")
    for (const operation of "RioOPQS\x82\x83\x84\x92\x96Gl]at") {
      expect(() => read(Buffer.from(`\x80\x03}${operation}`, "latin1"))).toThrow(
        /operation 0x|which no release/,
      )
    }
  })

  it("holds every length against the file before it takes anything", () => {
    const huge = Buffer.from("\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7f", "latin1")
    expect(() => read(huge)).toThrow(/cut short/)
    expect(() => read(Buffer.from("\x80\x03X\xff\xff\xff\xff", "latin1"))).toThrow(/cut short/)
    expect(() =>
      read(Buffer.from("\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f", "latin1")),
    ).toThrow(/cut/)
  })

  it("refuses every shortened file, and never hangs on it", () => {
    const whole = python()
    for (let length = 0; length < whole.length; length++) {
      expect(() => read(whole.subarray(0, length))).toThrow("pickle")
    }
  })

  it("refuses a pickle without both maps", () => {
    const lacking = Buffer.concat([
      Buffer.from([0x80, 3]),
      dictionary([[text("id_to_label"), labels([])]]),
    ])
    expect(() => read(lacking, Buffer.from("."))).toThrow("no map label_to_id")
  })
})
