import { interpretSource } from "../interpretation/interpret-source.ts"
import type {
  Interpretation,
  InterpretationState,
  InterpretedPage,
} from "../interpretation/interpretation.ts"
import type { MemoryItem } from "../memory-item.ts"
import { createDigestSum } from "../migration/digest-sum.ts"
import { readAhead } from "../migration/read-ahead.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { MigrationTarget, RowKind } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { VerificationTarget } from "../verification-target.ts"
import { type Checkpoint, emptyCheckpoint } from "./checkpoint.ts"
import type { CompactKeySet } from "./compact-key-set.ts"
import { compareRowsOfPage } from "./compare-rows-of-page.ts"
import { createVerificationTally, type VerificationTally } from "./verification-tally.ts"

const checkpointIntervalInMs = 3_000
const recordsPerCheckpoint = 20_000

/** What a comparison found; everything but `tally` and `targetDigest` follows from the source alone. */
export type ComparedSource = {
  tally: VerificationTally
  sourceDigest: string
  targetDigest: string
  records: { read: number; rejected: number }
  rejects: { source_id: string; code: string; reason: string }[]
  vectors: number
  links: number
}

type ComparisonSettings = {
  interpretation: Interpretation & { state: InterpretationState }
  target: MigrationTarget
  verificationTarget: VerificationTarget
  refusedSourceIds: ReadonlySet<string>
  /** Gets the key of every row of the source. */
  keys: CompactKeySet
  /** Sees every row of the source. */
  onRow: (kind: RowKind, row: ReasoningTrace | MemoryItem) => void
  /** What was compared before. */
  from: Checkpoint | null
  save: (checkpoint: Checkpoint) => Promise<void>
  onProgress: (step: { records: number; rows: number }) => void
}

/**
 * Reads the source from its beginning and compares every row with the target's, leaving out what a checkpoint says was
 * compared. Returns null when the source is not the one that the checkpoint was made of.
 */
export async function compareSource(settings: ComparisonSettings): Promise<ComparedSource | null> {
  const { interpretation, keys, from, onRow, onProgress } = settings
  const start = from ?? emptyCheckpoint()
  const tally = createVerificationTally(start.tally)
  const sourceDigest = createDigestSum()
  const targetDigest = createDigestSum(start.targetDigest)
  const records = { read: 0, rejected: 0 }
  const rejects: ComparedSource["rejects"] = []
  let [pages, vectors, links] = [0, 0, 0]
  const checkpoint = (): Checkpoint => ({
    pages,
    records: records.read,
    sourceDigest: sourceDigest.toString(),
    targetDigest: targetDigest.toString(),
    tally: tally.state,
    savedAt: new Date().toISOString(),
  })
  const saver = createSaver(settings.save)

  for await (const { page, rows } of readAhead(digestedPages(interpretSource(interpretation)))) {
    interpretation.signal?.throwIfAborted()
    pages++
    records.read += page.recordsRead
    records.rejected += page.recordsRejected
    for (const { sourceId, code, reason } of page.rejects) {
      rejects.push({ source_id: sourceId, code, reason })
    }
    for (const { kind, row, digest } of rows) {
      keys.add(kind, row.workspaceId, row.id)
      onRow(kind, row)
      sourceDigest.add(digest)
      if (row.embedding.vector !== null || row.embedding.sourceVector !== null) vectors++
      links += row.links.length
      tally.workspaceOf(row.workspaceId)
    }
    if (pages > start.pages) {
      await compareRowsOfPage({ ...settings, rows, tally, targetDigest })
      await saver.saveIfDue(checkpoint)
    } else if (pages === start.pages && sourceDigest.toString() !== start.sourceDigest) return null
    onProgress({ records: page.recordsRead, rows: rows.length })
  }
  if (pages < start.pages) return null
  if (pages > start.pages) await settings.save(checkpoint())
  return {
    tally,
    sourceDigest: sourceDigest.toString(),
    targetDigest: targetDigest.toString(),
    records,
    rejects,
    vectors,
    links,
  }
}

export type DigestedRow = {
  kind: RowKind
  row: ReasoningTrace | MemoryItem
  /** SHA-256 of its content. */
  digest: Uint8Array
}

async function* digestedPages(
  pages: AsyncGenerator<InterpretedPage>,
): AsyncGenerator<{ page: InterpretedPage; rows: DigestedRow[] }> {
  for await (const page of pages) {
    const rows = [
      ...page.traces.map((row): DigestedRow => ({ kind: "trace", row, digest: rowDigest(row) })),
      ...page.memoryItems.map(
        (row): DigestedRow => ({ kind: "memory_item", row, digest: rowDigest(row) }),
      ),
    ]
    yield { page, rows }
  }
}

function createSaver(save: (checkpoint: Checkpoint) => Promise<void>) {
  let savedAt = performance.now()
  let savedRecords = 0
  return {
    async saveIfDue(make: () => Checkpoint) {
      const checkpoint = make()
      const isDue =
        performance.now() - savedAt > checkpointIntervalInMs ||
        checkpoint.records - savedRecords >= recordsPerCheckpoint
      if (!isDue) return
      await save(checkpoint)
      savedAt = performance.now()
      savedRecords = checkpoint.records
    },
  }
}
