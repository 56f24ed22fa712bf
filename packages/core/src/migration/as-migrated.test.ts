import { describe, expect, it } from "vitest"
import { embeddingModel } from "../embedding.ts"
import { storedEmbedding, untrustedEmbedding } from "../interpretation/stored-embedding.ts"
import { aMemoryItem, anEmbedding, aVector } from "../testing/sample-rows.ts"
import { asMigrated } from "./as-migrated.ts"
import { decideWrite } from "./decide-write.ts"
import { differingFields } from "./differing-fields.ts"
import { rowDigest } from "./row-digest.ts"

const madeHere = { status: "present", model: "another-model", vector: aVector(7) } as const
const notFinite = aVector(3)
notFinite[5] = Number.NaN

const sources = [
  ["no vector", storedEmbedding(null)],
  ["a vector of another dimension", storedEmbedding(aVector(2).slice(0, 100))],
  ["a vector that is not finite", storedEmbedding(notFinite)],
  ["a vector", storedEmbedding(aVector(4))],
  ["a vector of nobody knows which model", untrustedEmbedding(aVector(4))],
  ["one of those, and not finite", untrustedEmbedding(notFinite)],
  ["a vector of a model of its own", { ...storedEmbedding(aVector(4)), model: "theirs" }],
] as const

describe("a row whose vector was made in the target", () => {
  it.each(sources)("is the one that came with %s", (_, embedding) => {
    const source = aMemoryItem({ embedding })
    const kept = embedding.sourceVector ?? embedding.vector ?? new Float32Array()
    for (const now of [madeHere, storedEmbedding(null)]) {
      const found = {
        row: { ...source, embedding: { ...now, sourceVector: kept } },
        sourceModel: embedding.model,
        migratedDigest: rowDigest(source),
        migrationRunId: "an earlier run",
        version: "1",
      }
      const decide = (row: typeof source) =>
        decideWrite({ digest: rowDigest(row), existing: found, runId: "run", overwrite: false })
      expect(differingFields(asMigrated(found), source)).toEqual([])
      expect(decide(source)).toBe("unchanged")
      expect(decide({ ...source, content: "Changed in the source." })).toBe("write")
      found.row.title = "Edited here"
      expect(decide(source)).toBe("edited")
      expect(decide({ ...source, content: "Changed in the source." })).toBe("conflict")
    }
  })

  it("is not what a migration wrote: that is compared as it is", () => {
    for (const [, embedding] of sources) {
      const row = aMemoryItem({ embedding })
      expect(asMigrated({ row, sourceModel: "left from before" })).toBe(row)
    }
  })

  it("still differs where what is kept of the source differs", () => {
    const source = aMemoryItem({ embedding: storedEmbedding(aVector(4)) })
    const row = { ...source, embedding: anEmbedding({ ...madeHere, sourceVector: aVector(5) }) }
    const fields = (sourceModel: string) =>
      differingFields(asMigrated({ row, sourceModel }), source)
    expect(fields(embeddingModel)).toEqual(["embedding"])
    expect(fields("theirs")).toEqual(["embeddingModel", "embedding"])
  })
})
