import { createHash, randomUUID } from "node:crypto"
import { isReasoningBankError } from "../errors.ts"
import { formatInstant } from "./prepare-trace.ts"
import type { NewRetrieval } from "./retrieval.ts"

/** One search while it runs: its parts are timed by running them through it. */
export type SearchInProgress = {
  embedding<Result>(work: () => Promise<Result>): Promise<Result>
  database<Result>(work: () => Promise<Result>): Promise<Result>
}

type Search = Pick<NewRetrieval, "workspaceId" | "searchKind" | "k"> & {
  query: string | Float32Array
}

type Results = NewRetrieval["results"]

/**
 * Times searches and hands each to `record`, after its answer was given: a recording that is slow delays
 * nobody, and one that fails only calls `onError`.
 */
export function createRetrievalRecorder({
  record,
  keepQueryText,
  onError,
  now,
}: {
  /** Null to record nothing. */
  record: ((retrieval: NewRetrieval) => Promise<void>) | null
  keepQueryText: boolean
  onError: (error: unknown) => void
  now: () => number
}) {
  const pending = new Map<string, Promise<void>>()

  function start(retrieval: NewRetrieval): void {
    if (record === null) return
    const recording = record(retrieval)
      .catch(onError)
      .finally(() => pending.delete(retrieval.id))
    pending.set(retrieval.id, recording)
  }

  return {
    /** Runs a search; what it found is told by `resultsOf`. Its failure is recorded and raised. */
    async observe<Result>({
      search,
      run,
      resultsOf,
    }: {
      search: Search
      run: (parts: SearchInProgress) => Promise<Result>
      resultsOf: (result: Result) => Results
    }): Promise<{ retrievalId: string; result: Result }> {
      const id = randomUUID()
      const { query, ...described } = search
      const started = performance.now()
      let embedMs: number | null = null
      let databaseMs = 0
      const parts: SearchInProgress = {
        async embedding(work) {
          const before = performance.now()
          return work().finally(() => {
            embedMs = (embedMs ?? 0) + performance.now() - before
          })
        },
        async database(work) {
          const before = performance.now()
          return work().finally(() => {
            databaseMs += performance.now() - before
          })
        },
      }
      const describe = (results: Results, errorCode: string | null): NewRetrieval => ({
        ...described,
        results,
        id,
        errorCode,
        embedMs,
        databaseMs,
        queryHash: hashQuery(query),
        queryText: keepQueryText && typeof query === "string" ? query : null,
        totalMs: performance.now() - started,
        recordedAt: formatInstant(now()),
      })
      try {
        const result = await run(parts)
        start(describe(resultsOf(result), null))
        return { retrievalId: id, result }
      } catch (error) {
        const code = isReasoningBankError(error) ? error.code : "internal"
        start(describe([], code))
        throw error
      }
    },
    /** Waits until this retrieval, or all there are, is recorded or given up. */
    async settle(id?: string): Promise<void> {
      await Promise.all(id === undefined ? pending.values() : [pending.get(id)])
    },
  }
}

export type RetrievalRecorder = ReturnType<typeof createRetrievalRecorder>

function hashQuery(query: string | Float32Array): string {
  const bytes =
    typeof query === "string"
      ? Buffer.from(query)
      : Buffer.from(query.buffer, query.byteOffset, query.byteLength)
  return createHash("sha256").update(bytes).digest("hex")
}
