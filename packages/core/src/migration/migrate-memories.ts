import { type Census, takeCensus } from "../interpretation/census.ts"
import { createInterpretationState, type Interpretation } from "../interpretation/interpretation.ts"
import type { Reject } from "../interpretation/reject.ts"
import { createTimestampReader } from "../interpretation/source-timestamp.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import type { MemorySource } from "../memory-source.ts"
import type { MigrationTarget } from "../migration-target.ts"
import { buildMigrationReport } from "./build-migration-report.ts"
import { copyRows } from "./copy-rows.ts"
import { createProgress, type MigrationProgress } from "./migration-progress.ts"
import type { MigrationReport, MigrationStatus, Verification } from "./migration-report.ts"
import { createMigrationTally, type MigrationTally } from "./migration-tally.ts"
import { refuseForeignData, refuseOtherTimezone } from "./refuse-source.ts"
import { selectCollections } from "./select-collections.ts"
import { sourceIdentity } from "./source-identity.ts"
import { verifyMigration } from "./verify-migration.ts"

export type MigrationSettings = {
  runId: string
  source: MemorySource | null
  tracesFile: TracesFile | null
  target: MigrationTarget
  /** Names of the collections to move; null for all that hold ReasoningBank data. */
  collectionNames: string[] | null
  /** Where rows go whose source names no workspace. */
  defaultWorkspaceId: string
  /** IANA name. */
  sourceTimezone: string
  /** Rows a transaction, about. */
  batchSize: number
  /** Records a page read. @default 250 */
  pageSize?: number
  /** The source wins over rows that were edited in the target. */
  overwrite: boolean
  /** Everything but the writing and the verification. */
  dryRun: boolean
  onCensus?: (census: Census) => void
  onProgress?: (progress: MigrationProgress) => void
  onReject?: (reject: Reject) => void
  signal?: AbortSignal
}

/**
 * Moves a ReasoningBank into a target and proves it: counts the source, copies it batch by batch, reads
 * it a second time and compares every row with what the target now holds. Stops at any moment leave
 * whole batches; the same call again goes on and ends in the same state.
 *
 * @throws {ReasoningBankError} `source:*` for a source that can not be read, holds no ReasoningBank
 * data or changes meanwhile; `target:*` for the target; `run:refused` for another timezone than before.
 */
export async function migrateMemories(settings: MigrationSettings): Promise<MigrationReport> {
  const startedAt = new Date()
  const started = performance.now()
  const { source, tracesFile, target, dryRun, runId } = settings
  const readTimestamp = createTimestampReader(settings.sourceTimezone)
  const collections = await selectCollections(settings)
  const targetDescription = await target.describe()

  const progressOf = createProgress(settings.onProgress)
  const census = await takeCensus({
    source,
    tracesFile,
    collections,
    readTimestamp,
    defaultWorkspaceId: settings.defaultWorkspaceId,
    onProgress: (records) => progressOf.add({ phase: "census", records, rows: 0 }),
    ...(settings.signal && { signal: settings.signal }),
  })
  settings.onCensus?.(census)

  const tally = createMigrationTally({ onReject: settings.onReject ?? (() => {}) })
  const state = createInterpretationState()
  const identity = sourceIdentity({ census, tracesFile })
  const report = (parts: {
    status: MigrationStatus
    verification: Verification | null
    timings: Parameters<typeof buildMigrationReport>[0]["timings"]
  }) =>
    buildMigrationReport({
      ...parts,
      settings,
      census,
      tally,
      state,
      identity,
      targetDescription,
      startedAt,
      totalInMs: performance.now() - started,
    })

  if (isEmpty(census)) {
    return report({ status: "empty", verification: null, timings: null })
  }
  refuseForeignData({ census, tracesFile })
  await refuseOtherTimezone({ target, identity, sourceTimezone: settings.sourceTimezone })

  const total =
    census.moved.reduce((sum, { records }) => sum + records, 0) + census.tracesFileEntries
  const interpretation = (): Interpretation => ({
    source,
    tracesFile,
    census,
    defaultWorkspaceId: settings.defaultWorkspaceId,
    readTimestamp,
    pageSize: settings.pageSize ?? 250,
    ...(settings.signal && { signal: settings.signal }),
  })
  const copy = async () => {
    const copyStarted = performance.now()
    const timings = await copyRows({
      interpretation: { ...interpretation(), state },
      target,
      tally,
      runId,
      batchSize: settings.batchSize,
      overwrite: settings.overwrite,
      dryRun,
      onProgress: ({ records, rows }) => progressOf.add({ phase: "copy", records, rows, total }),
    })
    return { ...timings, copyInMs: performance.now() - copyStarted, verifyInMs: 0 }
  }

  if (dryRun) {
    const timings = await copy()
    await assertSourceUnchanged(settings)
    return report({ status: "dry_run", verification: null, timings })
  }

  await target.startRun({
    id: runId,
    sourceIdentity: identity,
    sourceKind: source?.describe().kind ?? "traces-file",
    sourceLocation: source?.describe().location ?? tracesFile?.path ?? "",
    sourceTimezone: settings.sourceTimezone,
    options: { overwrite: settings.overwrite, default_workspace: settings.defaultWorkspaceId },
  })
  try {
    const timings = await copy()
    const verifyStarted = performance.now()
    const verification = await verifyMigration({
      interpretation: { ...interpretation(), state: createInterpretationState() },
      target,
      tally,
      runId,
      onProgress: ({ records, rows }) => progressOf.add({ phase: "verify", records, rows, total }),
    })
    timings.verifyInMs = performance.now() - verifyStarted
    await assertSourceUnchanged(settings)
    const finished = report({ status: statusOf({ verification, tally }), verification, timings })
    await target.finishRun({ id: runId, status: finished.status, report: finished })
    return finished
  } catch (error) {
    await recordFailure({ target, runId, error })
    throw error
  }
}

function statusOf({
  verification,
  tally,
}: {
  verification: Verification
  tally: MigrationTally
}): MigrationStatus {
  if (verification.differences.length > 0) return "differences"
  if (verification.source_digest !== verification.target_digest) return "differences"
  if (tally.rejects.length > 0) return "verified_with_rejects"
  if (tally.conflicts.length > 0) return "verified_with_conflicts"
  return "verified"
}

function isEmpty({ moved, left, tracesFileEntries }: Census): boolean {
  return tracesFileEntries === 0 && [...moved, ...left].every(({ records }) => records === 0)
}

async function assertSourceUnchanged({ source, tracesFile }: MigrationSettings) {
  await source?.assertUnchanged()
  await tracesFile?.assertUnchanged()
}

/** Best effort: the failure itself is what the caller must hear of. */
async function recordFailure({
  target,
  runId,
  error,
}: {
  target: MigrationTarget
  runId: string
  error: unknown
}) {
  const message = error instanceof Error ? error.message : String(error)
  try {
    await target.finishRun({ id: runId, status: "failed", report: { error: message } })
  } catch {
    // The target is gone; the run stays marked as running and the next one takes over.
  }
}
