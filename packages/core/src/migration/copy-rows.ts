import { interpretSource } from "../interpretation/interpret-source.ts"
import type {
  Interpretation,
  InterpretationState,
  InterpretedPage,
} from "../interpretation/interpretation.ts"
import type { MigrationTarget } from "../migration-target.ts"
import { batchFingerprint } from "./batch-fingerprint.ts"
import { batchPages } from "./batch-pages.ts"
import type { MigrationTally } from "./migration-tally.ts"
import { readAhead } from "./read-ahead.ts"
import { rowDigest } from "./row-digest.ts"
import { type BatchRows, countAllWritten, writeBatch } from "./write-batch.ts"

export type CopyTimings = { readInMs: number; writeInMs: number }

type Batch = { page: InterpretedPage; rows: BatchRows }

/** Moves every row of a source into the target, a batch a transaction, reading one batch ahead. */
export async function copyRows({
  interpretation,
  target,
  tally,
  runId,
  leaseToken,
  cleanBatches,
  batchSize,
  overwrite,
  dryRun,
  onProgress,
}: {
  interpretation: Interpretation & { state: InterpretationState }
  target: MigrationTarget
  tally: MigrationTally
  runId: string
  leaseToken: string | undefined
  /** Fingerprints of what this run has written before it was cut short. */
  cleanBatches: Set<string>
  /** Rows a batch, about. */
  batchSize: number
  overwrite: boolean
  dryRun: boolean
  onProgress?: (progress: { records: number; rows: number }) => void
}): Promise<CopyTimings> {
  const timings = { readInMs: 0, writeInMs: 0 }
  const pages = batchPages({ pages: interpretSource(interpretation), batchSize })
  for await (const { page, rows } of readAhead(timedBatches({ pages, timings }))) {
    interpretation.signal?.throwIfAborted()
    tally.addRecords({ read: page.recordsRead, rejected: page.recordsRejected })
    for (const reject of page.rejects) tally.addReject(reject)
    const started = performance.now()
    const journal = batchFingerprint(rows)
    if (cleanBatches.has(journal.fingerprint)) countAllWritten({ rows, tally })
    else await writeBatch({ rows, target, tally, runId, leaseToken, journal, overwrite, dryRun })
    timings.writeInMs += performance.now() - started
    onProgress?.({
      records: page.recordsRead,
      rows: rows.traces.length + rows.memoryItems.length,
    })
  }
  return timings
}

async function* timedBatches({
  pages,
  timings,
}: {
  pages: AsyncGenerator<InterpretedPage>
  timings: CopyTimings
}): AsyncGenerator<Batch> {
  for (;;) {
    const started = performance.now()
    const { value: page, done } = await pages.next()
    if (done === true || page === undefined) return
    const rows = {
      traces: page.traces.map((row) => ({ row, digest: rowDigest(row) })),
      memoryItems: page.memoryItems.map((row) => ({ row, digest: rowDigest(row) })),
    }
    timings.readInMs += performance.now() - started
    yield { page, rows }
  }
}
