import { describe, expect, it } from "vitest"
import { parseHnswHeader } from "./hnsw-header.ts"

function header(changes: Partial<Record<number, bigint>> = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(100))
  view.setInt32(0, 1, true)
  const fields: Record<number, bigint> = {
    4: 0n,
    12: 1000n,
    20: 150n,
    28: 192n,
    36: 184n,
    44: 136n,
    60: 16n,
    68: 33n,
    76: 16n,
    ...changes,
  }
  for (const [offset, value] of Object.entries(fields))
    view.setBigUint64(Number(offset), value, true)
  return new Uint8Array(view.buffer)
}

describe("parseHnswHeader", () => {
  it("reads where the elements lie and how long their vectors are", () => {
    expect(parseHnswHeader(header())).toEqual({
      count: 150,
      stride: 192,
      labelOffset: 184,
      dataOffset: 136,
      dimension: 12,
    })
  })

  it.each([
    ["more elements than fit", { 20: 1001n }],
    ["a stride that leaves no room for the label", { 28: 188n }],
    ["a vector that begins elsewhere than after the links", { 44: 132n }],
    ["links for another place", { 68: 32n }],
    ["half a float", { 28: 190n, 36: 182n }],
    ["no vector at all", { 28: 144n, 36: 136n }],
    ["a number that is no length", { 28: 2n ** 63n }],
  ])("refuses %s", (_, changes) => {
    expect(() => parseHnswHeader(header(changes))).toThrow(/contradicts itself/)
  })

  it("refuses a short file and another version", () => {
    expect(() => parseHnswHeader(header().subarray(0, 99))).toThrow("99 bytes instead of 100")
    const other = header()
    other[0] = 2
    expect(() => parseHnswHeader(other)).toThrow("version 2 instead of 1")
  })
})
