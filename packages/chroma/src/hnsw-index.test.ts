import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { openHnswIndex } from "./hnsw-index.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chroma-hnsw-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Element = { label: number; vector: number[]; isDeleted?: boolean }
const links = 33
const dataOffset = 4 * links + 4

function write({
  elements,
  norms,
  count,
}: {
  elements: Element[]
  norms: number[]
  count?: number
}) {
  const dimension = 2
  const stride = dataOffset + 4 * dimension + 8
  const header = new DataView(new ArrayBuffer(100))
  header.setInt32(0, 1, true)
  const fields = {
    12: 1000,
    20: count ?? elements.length,
    28: stride,
    36: stride - 8,
    44: dataOffset,
    68: links,
  }
  for (const [at, value] of Object.entries(fields))
    header.setBigUint64(Number(at), BigInt(value), true)
  const data = Buffer.alloc(stride * elements.length)
  for (const [at, { label, vector, isDeleted }] of elements.entries()) {
    data[at * stride + 2] = isDeleted ? 1 : 0
    for (const [axis, value] of vector.entries())
      data.writeFloatLE(value, at * stride + dataOffset + 4 * axis)
    data.writeBigUInt64LE(BigInt(label), (at + 1) * stride - 8)
  }
  writeFileSync(join(folder, "header.bin"), new Uint8Array(header.buffer))
  writeFileSync(join(folder, "data_level0.bin"), data)
  writeFileSync(join(folder, "length.bin"), new Uint8Array(Float32Array.from(norms).buffer))
}

it("finds elements by label, in whatever order they lie", () => {
  write({
    elements: [
      { label: 3, vector: [3, 3] },
      { label: 1, vector: [1, 1] },
      { label: 5_000_000_000, vector: [5, 5] },
      { label: 2, vector: [2, 2], isDeleted: true },
      { label: 4, vector: [4, 4] },
      { label: 4, vector: [9, 9] },
    ],
    norms: [],
  })
  const index = openHnswIndex(folder)
  expect([1, 3, 5_000_000_000].map((label) => index.find(label))).toEqual([1, 0, 2])
  expect([0, 2, 4, 7, 99, 2 ** 40].map((label) => index.find(label))).toEqual(Array(6).fill(null))
  expect(index.read([2, 0], { cosine: false })).toEqual([
    Float32Array.of(5, 5),
    Float32Array.of(3, 3),
  ])
  index.close()
})

it("multiplies normalised vectors with their norm, and leaves out those without one", () => {
  const elements = [1, 2, 3, 4].map((label) => ({ label, vector: [0.6, 0.8] }))
  write({ elements, norms: [5, Number.NaN, 0] })
  const index = openHnswIndex(folder)
  expect(index.read([0, 1, 2, 3], { cosine: true })).toEqual([
    Float32Array.of(Math.fround(0.6) * 5, Math.fround(0.8) * 5),
    null,
    null,
    null,
  ])
  index.close()
})

it("reads as many elements as are whole in the file, whatever the header promises", () => {
  const elements = [1, 2, 3].map((label) => ({ label, vector: [label, label] }))
  write({ elements, norms: [], count: 900 })
  truncateSync(join(folder, "data_level0.bin"), 2 * (dataOffset + 16) + 5)
  const index = openHnswIndex(folder)
  expect([index.count, index.find(2), index.find(3)]).toEqual([2, 1, null])
  index.close()
})

it("says which file is missing", () => {
  expect(() => openHnswIndex(folder)).toThrow(/header\.bin/)
})
