import { describe, expect, it } from "vitest"
import { parseRecordsAnswer } from "./parse-records-answer.ts"

describe("parseRecordsAnswer", () => {
  it("reads the rows of an answer with every column", () => {
    const records = parseRecordsAnswer(
      '{"ids":["a","b"],"embeddings":[[0.1,-1e-45],[3.4028235e38,null]],"documents":["",null],' +
        '"uris":["file:x",null],"metadatas":[{"z":1,"a":1.0},{}],"include":["metadatas"]}',
    )
    expect(records?.get("a")).toEqual({
      id: "a",
      document: "",
      metadata: { a: 1, "chroma:uri": "file:x", z: 1n },
      embedding: Float32Array.of(0.1, -1e-45),
    })
    expect(Object.keys(records?.get("a")?.metadata ?? {})).toEqual(["a", "chroma:uri", "z"])
    expect(records?.get("b")).toEqual({
      id: "b",
      document: null,
      metadata: null,
      embedding: Float32Array.of(3.4028235e38, Number.NaN),
    })
  })

  it("reads an answer without rows, and one without the columns", () => {
    expect(
      parseRecordsAnswer('{"ids":[],"embeddings":null,"documents":[],"metadatas":[]}'),
    ).toEqual(new Map())
    expect(parseRecordsAnswer('{"ids":["a"],"documents":null}')?.get("a")).toEqual({
      id: "a",
      document: null,
      metadata: null,
      embedding: null,
    })
  })

  it.each([
    '{"error":"x"}',
    '{"ids":["a","b"],"documents":["only one"]}',
    '{"ids":["a","a"]}',
    '{"ids":["a"],"embeddings":[["1"]]}',
    '{"ids":["a"],"embeddings":[1]}',
    '{"ids":["a"],"metadatas":["text"]}',
    '{"ids":["a"],"documents":[7]}',
    '{"ids":["a"],"metadatas":[{"a":01}]}',
    '{"ids":["a"],"documents":["cut',
    "<html></html>",
  ])("refuses %s", (text) => {
    expect(parseRecordsAnswer(text)).toBeNull()
  })
})
