import { describe, expect, it } from "vitest"
import { createArrayScan } from "./scan-json-array.ts"

function scan(text: string, chunkSize = text.length) {
  const bytes = new TextEncoder().encode(text)
  const arrayScan = createArrayScan()
  const elements: string[] = []
  for (let start = 0; start < bytes.length; start += chunkSize) {
    for (const element of arrayScan.push(bytes.subarray(start, start + chunkSize))) {
      elements.push(new TextDecoder().decode(bytes.subarray(element.start, element.end)))
    }
  }
  return { elements, ...arrayScan.finish() }
}

describe("createArrayScan", () => {
  it.each([1, 2, 3, 7, 1000])("finds the elements in chunks of %i bytes", (chunkSize) => {
    const text = '\ufeff [ {"a": "]},{\\"", "b": [1, 2]} , 12 ,"x", NaN\n]\n'
    expect(scan(text, chunkSize)).toEqual({
      elements: ['{"a": "]},{\\"", "b": [1, 2]}', "12", '"x"', "NaN"],
      isArray: true,
      tail: null,
      rest: null,
    })
  })

  it("keeps the whole elements of a cut file and says where the rest begins", () => {
    expect(scan('[{"a": 1}, {"b": "cu')).toEqual({
      elements: ['{"a": 1}'],
      isArray: true,
      tail: 11,
      rest: null,
    })
    expect(scan('[{"a": 1},')).toMatchObject({ elements: ['{"a": 1}'], tail: 10 })
  })

  it("says where something follows the array", () => {
    expect(scan("[1] \n[2]")).toEqual({ elements: ["1"], isArray: true, tail: null, rest: 5 })
    expect(scan("[1] \n")).toMatchObject({ tail: null, rest: null })
  })

  it("tells what is no array", () => {
    expect(scan('{"a": []}').isArray).toBe(false)
    expect(scan("").isArray).toBe(false)
    expect(scan("[]")).toEqual({ elements: [], isArray: true, tail: null, rest: null })
  })
})
