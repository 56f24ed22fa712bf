import { beforeAll, describe, expect, test } from "vitest"
import type { MemoryFilter, TraceFilter } from "../../storage/memory-filter.ts"
import {
  addEverywhere,
  type ContractContext,
  daysAgo,
  expectSameRecall,
  type GetContext,
} from "./backend-under-test.ts"
import { createHashedWordsEmbedder } from "./hashed-words-embedder.ts"
import { seededBank } from "./seeded-bank.ts"

const memoryFilters: MemoryFilter[] = [
  {},
  { domain: "algorithms" },
  { domain: "nowhere" },
  { tags: ["speed"] },
  { tags: ["日本語", "ünïcödé"] },
  { difficulty: "expert" },
  { errors: "only" },
  { errors: "without" },
  { outcome: "failure" },
  { minStage: 2 },
  { maxStage: 0 },
  { createdFrom: daysAgo(45) },
  { createdBefore: daysAgo(45) },
  { domain: "debugging", tags: ["errors", "data"] },
  { domain: "api_usage", errors: "without", outcome: "success" },
  { tags: ["safety"], difficulty: "simple", minStage: 1, maxStage: 2 },
  { errors: "only", createdFrom: daysAgo(70), createdBefore: daysAgo(20) },
  {
    ...{ domain: "algorithms", tags: ["speed", "errors"], difficulty: "moderate" },
    ...{ errors: "without", outcome: "partial", minStage: 0, maxStage: 3 },
    ...{ createdFrom: daysAgo(80), createdBefore: daysAgo(0) },
  },
]
const traceFilters: TraceFilter[] = [
  {},
  { outcome: "success" },
  { domain: "debugging" },
  {
    outcome: "failure",
    createdFrom: daysAgo(60),
    createdBefore: daysAgo(15),
  },
]
const text = "retry the checkout before the cache"

export function describeSearching(getContext: GetContext): void {
  describe("searching", () => {
    let shared: ContractContext
    let workspaceId: string

    beforeAll(async () => {
      shared = await getContext()
      workspaceId = shared.workspaceId
      await addEverywhere(shared, seededBank({ workspaceId, traces: 40 }))
      const other = await shared.anotherWorkspace()
      await addEverywhere(shared, seededBank({ workspaceId: other, traces: 10, seed: 8 }))
    })

    test.each(memoryFilters)("similar memories under %j", async (filter) => {
      for (const k of [3, 1_000]) {
        const query = { workspaceId, text, k, filter }
        const [found, expected] = await Promise.all([
          shared.backend.querySimilarMemories(query),
          shared.reference.querySimilarMemories(query),
        ])
        expectSameRecall(found, expected)
      }
    })

    test.each(memoryFilters.slice(0, 6))("by score under %j", async (filter) => {
      for (const scoring of [
        undefined,
        { weights: { similarity: 0.1, recency: 1 }, recencyDays: 5 },
      ]) {
        const query = {
          workspaceId,
          text,
          k: 7,
          filter,
          rankBy: "score" as const,
          ...(scoring && { scoring }),
        }
        expectSameRecall(
          await shared.backend.querySimilarMemories(query),
          await shared.reference.querySimilarMemories(query),
        )
      }
    })

    test.each(traceFilters)("similar traces under %j", async (filter) => {
      for (const k of [4, 1_000]) {
        const query = { workspaceId, text, k, filter }
        expectSameRecall(
          await shared.backend.querySimilarTraces(query),
          await shared.reference.querySimilarTraces(query),
        )
      }
    })

    test("what is less similar than asked for is left out", async () => {
      for (const minSimilarity of [-1, 0.2, 0.5, 1]) {
        const query = { workspaceId, text, k: 100, minSimilarity }
        expectSameRecall(
          await shared.backend.querySimilarMemories(query),
          await shared.reference.querySimilarMemories(query),
        )
      }
    })

    test("a vector finds what its text finds", async () => {
      const [vector] = await createHashedWordsEmbedder().embed([text])
      const embedding = { vector: vector ?? new Float32Array(), model: "hashed-words" }
      expectSameRecall(
        await shared.backend.querySimilarMemories({ workspaceId, embedding, k: 9 }),
        await shared.reference.querySimilarMemories({ workspaceId, text, k: 9 }),
      )
    })

    test.each(["lock", "cache checkout", '"matters retry"', "merge -cache", "parser or invoice"])(
      "the words %j find the same items",
      async (words) => {
        for (const filter of [{}, { errors: "only" as const }]) {
          const search = { workspaceId, text: words, mode: "keyword" as const, k: 1_000, filter }
          const found = await shared.backend.searchMemories(search)
          const expected = await shared.reference.searchMemories(search)
          const ids = ({ memories }: typeof found) => memories.map(({ memory }) => memory.id)
          // A store may add items with similar words, after the ones with the words.
          const holding = ids(found).slice(0, expected.memories.length)
          expect(holding.toSorted()).toEqual(ids(expected).toSorted())
          expect(found.memories.map(({ keywordRank }) => keywordRank)).toEqual(
            found.memories.map((_, at) => at + 1),
          )
          expect(found.memories.every(({ similarity }) => similarity === null)).toBe(true)
        }
      },
    )

    test("semantic search is the search by similarity", async () => {
      const found = await shared.backend.searchMemories({
        workspaceId,
        text,
        mode: "semantic",
        k: 6,
      })
      expectSameRecall(
        found,
        await shared.reference.querySimilarMemories({ workspaceId, text, k: 6 }),
      )
    })

    test("hybrid search fuses the ranks of both", async () => {
      const search = { workspaceId, text: "checkout", k: 10 }
      const { memories } = await shared.backend.searchMemories({ ...search, mode: "hybrid" })
      expect(memories.length).toBe(10)
      for (const { keywordRank, semanticRank, fusedScore } of memories) {
        const parts = [keywordRank, semanticRank].map((rank) =>
          rank === null ? 0 : 1 / (60 + rank),
        )
        expect(fusedScore).toBeCloseTo((parts[0] ?? 0) + (parts[1] ?? 0), 12)
      }
      const fused = memories.map(({ fusedScore }) => fusedScore ?? 0)
      expect(fused).toEqual(fused.toSorted((first, second) => second - first))
      const keyword = await shared.backend.searchMemories({ ...search, mode: "keyword", k: 1 })
      expect(memories.map(({ memory }) => memory.id)).toContain(keyword.memories[0]?.memory.id)
    })
  })
}
