import { ReasoningBankError } from "../errors.ts"
import { describeMemories, describeQuery } from "./describe-search.ts"
import { embedTexts } from "./embed-texts.ts"
import type { NamedVector } from "./named-vector.ts"
import { newReasoningTraceSchema } from "./new-reasoning-trace.ts"
import { parseInput } from "./parse-input.ts"
import { formatInstant, prepareTrace } from "./prepare-trace.ts"
import {
  keySchema,
  memoryListSchema,
  memoryQuerySchema,
  memorySearchSchema,
  memoryUpdateSchema,
  oldTracesDeletionSchema,
  retrievalKeySchema,
  retrievalMarkSchema,
  traceListSchema,
  traceQuerySchema,
  workspaceDeletionSchema,
  workspaceSchema,
} from "./query-schemas.ts"
import { readPage } from "./read-page.ts"
import { recallSimilar, searchMemories } from "./recall-memories.ts"
import { createRetrievalRecorder } from "./record-retrievals.ts"
import { type GivenEmbedder, rememberEmbedder } from "./remember-embedder.ts"
import type { FoundTrace, StorageBackend } from "./storage-backend.ts"
import type { StorageDriver } from "./storage-driver.ts"
import { applyChanges, embeddedText } from "./stored-rows.ts"
import { completeStatistics } from "./workspace-statistics.ts"

export type BackendSettings = {
  /** Makes vectors of texts; called for when first needed. Without one, texts can not be searched by meaning. */
  embedder?: GivenEmbedder
  /** Record every search, so that it can be told what helped. @default true */
  recordRetrievals?: boolean
  /** Keep the text of searches, not only its hash; on Supabase each workspace decides that. @default false */
  keepQueryText?: boolean
  /** Told when a search could not be recorded; the search itself is not touched. */
  onRetrievalError?: (error: unknown) => void
  /** Milliseconds since 1970. @default the system's clock */
  now?: () => number
}

const millisecondsPerDay = 86_400_000

/** The port `StorageBackend` over one store: checks, embeds, scores and records; the driver keeps the rows. */
export function createBackend({
  driver,
  embedder: givenEmbedder = null,
  recordRetrievals = true,
  keepQueryText = false,
  onRetrievalError = () => {},
  now = Date.now,
}: BackendSettings & { driver: StorageDriver }): StorageBackend {
  const embedder = rememberEmbedder(givenEmbedder)
  const recorder = createRetrievalRecorder({
    record: recordRetrievals ? (retrieval) => driver.recordRetrieval(retrieval) : null,
    keepQueryText: keepQueryText || driver.decidesOnQueryText,
    onError: onRetrievalError,
    now,
  })

  async function queryVector({
    text,
    embedding,
  }: {
    text?: string | undefined
    embedding?: NamedVector | undefined
  }): Promise<NamedVector> {
    const { dimension } = driver
    const [vector] = await embedTexts({
      rows: [{ text: text ?? "", given: embedding }],
      embedder,
      dimension,
    })
    if (vector != null) return vector
    throw new ReasoningBankError({
      code: "embedding:no_model",
      message: "A text was given to be searched by meaning, but there is no embedder.",
      hint: "Create the backend with an embedder, give a vector with its model's name instead of a text, or search by keyword.",
    })
  }

  return {
    async addTrace(input) {
      const schema = newReasoningTraceSchema
      const given = parseInput({ schema, input, what: "The trace" })
      const { dimension } = driver
      const trace = await prepareTrace({ given, embedder, dimension, now: now() })
      const status = await driver.insertTrace(trace)
      const memoryIds = trace.memoryItems.map(({ memory }) => memory.id)
      return { id: trace.trace.id, memoryIds, status }
    },

    getTrace: async (input) =>
      driver.readTrace(parseInput({ schema: keySchema, input, what: "The key" })),
    getMemory: async (input) =>
      driver.readMemory(parseInput({ schema: keySchema, input, what: "The key" })),
    getGenealogy: async (input) =>
      driver.readGenealogy(parseInput({ schema: keySchema, input, what: "The key" })),
    deleteMemory: async (input) =>
      driver.deleteMemory(parseInput({ schema: keySchema, input, what: "The key" })),

    async querySimilarMemories(input) {
      const query = parseInput({ schema: memoryQuerySchema, input, what: "The query" })
      const { retrievalId, result } = await recorder.observe({
        search: { ...describeQuery(query), searchKind: "similar_memories" },
        run: (parts) =>
          recallSimilar({
            ...{ driver, parts, query, now: now() },
            queryVector: () => queryVector(query),
          }),
        resultsOf: (found) => describeMemories({ found, rankedBy: query.rankBy }),
      })
      return { retrievalId, memories: result }
    },

    async searchMemories(input) {
      const search = parseInput({ schema: memorySearchSchema, input, what: "The search" })
      const { retrievalId, result } = await recorder.observe({
        search: { ...describeQuery(search), searchKind: search.mode },
        run: (parts) =>
          searchMemories({
            ...{ driver, parts, search, now: now() },
            queryVector: () => queryVector(search),
          }),
        resultsOf: (found) => {
          const rankedBy = search.mode === "hybrid" ? "fusedScore" : "similarity"
          return describeMemories({ found, rankedBy })
        },
      })
      return { retrievalId, memories: result }
    },

    async querySimilarTraces(input) {
      const query = parseInput({ schema: traceQuerySchema, input, what: "The query" })
      const { workspaceId, k, filter, minSimilarity = null } = query
      const { retrievalId, result } = await recorder.observe({
        search: { ...describeQuery(query), searchKind: "similar_traces" },
        run: async (parts): Promise<FoundTrace[]> => {
          const vector = await parts.embedding(() => queryVector(query))
          const nearest = { workspaceId, query: vector, count: k, filter, minSimilarity }
          return parts.database(() => driver.nearestTraces(nearest))
        },
        resultsOf: (traces) =>
          traces.map(({ trace, similarity }) => ({ id: trace.id, score: similarity })),
      })
      return { retrievalId, traces: result }
    },

    async listMemories(input) {
      const { cursor, ...query } = parseInput({
        schema: memoryListSchema,
        input,
        what: "The query",
      })
      return readPage({
        ...query,
        cursor,
        read: (page) => driver.listMemories({ ...query, ...page }),
      })
    },
    async listTraces(input) {
      const { cursor, ...query } = parseInput({ schema: traceListSchema, input, what: "The query" })
      return readPage({
        ...query,
        cursor,
        read: (page) => driver.listTraces({ ...query, ...page }),
      })
    },

    async getStatistics(input) {
      const { workspaceId } = parseInput({ schema: workspaceSchema, input, what: "The scope" })
      return completeStatistics({ workspaceId, counts: await driver.countWorkspace(workspaceId) })
    },

    async updateMemory(input) {
      const update = parseInput({ schema: memoryUpdateSchema, input, what: "The update" })
      const { embedding, ...changes } = update.changes
      const memory = await driver.readMemory(update)
      if (memory === null) return null
      const { workspaceId, id } = update
      const keepsTexts = ["title", "description", "content"].every((field) => !(field in changes))
      if (keepsTexts && embedding === undefined) {
        return driver.updateMemory({ workspaceId, id, changes, embedding: undefined })
      }
      const [made = null] = await embedTexts({
        rows: [{ text: embeddedText(applyChanges({ memory, changes })), given: embedding }],
        embedder,
        dimension: driver.dimension,
      })
      return driver.updateMemory({ workspaceId, id, changes, embedding: made })
    },

    async deleteOldTraces(input) {
      const schema = oldTracesDeletionSchema
      const {
        workspaceId,
        retentionDays,
        dryRun: isDryRun,
      } = parseInput({
        ...{ schema, input },
        what: "The deletion",
      })
      const cutoff = formatInstant(now() - retentionDays * millisecondsPerDay)
      const deletion = { workspaceId, retentionDays, cutoff, isDryRun }
      return { isDryRun, cutoff, ...(await driver.deleteTracesBefore(deletion)) }
    },
    deleteWorkspace: async (input) =>
      driver.deleteWorkspace(
        parseInput({ schema: workspaceDeletionSchema, input, what: "The deletion" }),
      ),

    async markRetrieval(input) {
      const mark = parseInput({ schema: retrievalMarkSchema, input, what: "The mark" })
      const { workspaceId, retrievalId: id, helpfulIds, unhelpfulIds, servedTraceId = null } = mark
      await recorder.settle(id)
      return driver.markRetrieval({ workspaceId, id, helpfulIds, unhelpfulIds, servedTraceId })
    },
    async getRetrieval(input) {
      const key = parseInput({ schema: retrievalKeySchema, input, what: "The key" })
      await recorder.settle(key.retrievalId)
      return driver.readRetrieval({ workspaceId: key.workspaceId, id: key.retrievalId })
    },

    health: () => driver.health(),
    async close() {
      await recorder.settle()
      await driver.close()
    },
  }
}
