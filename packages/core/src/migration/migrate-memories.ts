import { type Census, emptyCensus, takeCensus } from "../interpretation/census.ts"
import { createInterpretationState, type Interpretation } from "../interpretation/interpretation.ts"
import { createTimestampReader } from "../interpretation/source-timestamp.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { TargetDescription } from "../migration-target.ts"
import { beginRun } from "./begin-run.ts"
import { buildMigrationReport, type RunEnd } from "./build-migration-report.ts"
import { copyRows } from "./copy-rows.ts"
import { type KeptLease, keepLease } from "./keep-lease.ts"
import { createProgress } from "./migration-progress.ts"
import type { MigrationReport, MigrationStatus, Verification } from "./migration-report.ts"
import type { MigrationSettings } from "./migration-settings.ts"
import { createMigrationTally, type MigrationTally } from "./migration-tally.ts"
import { buildOwedIndexes, dropSearchIndexes, warnOfOwedIndexes } from "./owed-indexes.ts"
import { refuseForeignData, refuseOtherTimezone } from "./refuse-source.ts"
import { selectCollections } from "./select-collections.ts"
import { sourceIdentity } from "./source-identity.ts"
import { verifyMigration } from "./verify-migration.ts"

/**
 * Moves a ReasoningBank into a target and proves it: counts the source, copies it batch by batch, reads
 * it a second time and compares every row with what the target now holds. Stops at any moment leave
 * whole batches; the same call again goes on and ends in the same state.
 *
 * @throws {ReasoningBankError} `source:*` for a source that can not be read, holds no ReasoningBank
 * data or changes meanwhile; `target:*` for the target; `run:refused` for another timezone than before.
 * `onFailure` gets the report of such a run first.
 */
export async function migrateMemories(settings: MigrationSettings): Promise<MigrationReport> {
  const run = createRun(settings)
  try {
    return await perform(run)
  } catch (error) {
    const lost = run.lease?.signal
    const cause = lost?.aborted ? lost.reason : error
    const failed = run.report({ status: "failed", error: cause })
    if (run.leaseToken !== undefined && !lost?.aborted) await recordFailure({ run, report: failed })
    settings.onFailure?.(failed)
    throw cause
  } finally {
    await run.lease?.stop()
  }
}

type Run = ReturnType<typeof createRun>

function createRun(settings: MigrationSettings) {
  const startedAt = new Date()
  const started = performance.now()
  const run = {
    settings,
    runId: settings.runId,
    leaseToken: undefined as string | undefined,
    lease: null as KeptLease | null,
    cleanBatches: new Set<string>(),
    readTimestamp: createTimestampReader(settings.sourceTimezone),
    tally: createMigrationTally({ onReject: settings.onReject ?? (() => {}) }),
    state: createInterpretationState(),
    progress: createProgress(settings.onProgress),
    timings: { readInMs: 0, writeInMs: 0, copyInMs: 0, indexInMs: 0, verifyInMs: 0 },
    census: emptyCensus(),
    targetDescription: null as TargetDescription | null,
    identity: "",
    indexWarnings: [] as Warning[],
    report: (end: RunEnd): MigrationReport =>
      buildMigrationReport({ ...run, ...end, startedAt, totalInMs: performance.now() - started }),
  }
  return run
}

async function perform(run: Run): Promise<MigrationReport> {
  const { settings, tally } = run
  const { tracesFile, target } = settings
  const collections = await selectCollections(settings)
  run.targetDescription = await target.describe()
  run.census = await takeCensus({
    ...settings,
    collections,
    readTimestamp: run.readTimestamp,
    onProgress: (records) => run.progress.add({ phase: "census", records, rows: 0 }),
  })
  run.identity = sourceIdentity({ census: run.census, tracesFile })
  settings.onCensus?.(run.census)
  if (isEmpty(run.census)) return run.report({ status: "empty" })
  refuseForeignData({ census: run.census, tracesFile })
  await refuseOtherTimezone({ ...settings, identity: run.identity })

  if (settings.dryRun) {
    run.indexWarnings = await warnOfOwedIndexes(target)
    await copy(run)
    await assertSourceUnchanged(settings)
    return run.report({ status: "dry_run" })
  }

  await settings.beforeWriting?.()
  const { targetDescription } = run
  Object.assign(run, await beginRun({ ...run, targetDescription }))
  const { runId, leaseToken = "" } = run
  run.lease = keepLease({ journal: target.journal, runId, leaseToken, phase: "copy" })
  await dropSearchIndexes({ ...settings, runId, census: run.census })
  await copy(run)
  await buildIndexes(run)
  const verification = await verify(run)
  await assertSourceUnchanged(settings)
  const report = run.report({ status: statusOf({ verification, tally }), verification })
  await run.lease.stop()
  await target.finishRun({ id: runId, status: report.status, report, leaseToken })
  return report
}

function interpretationOf(run: Run): Interpretation {
  return {
    ...run.settings,
    ...signalOf(run),
    census: run.census,
    readTimestamp: run.readTimestamp,
    pageSize: run.settings.pageSize ?? 250,
  }
}

/** Stops for the caller, and when another process has taken the run over. */
function signalOf({ settings, lease }: Run): { signal?: AbortSignal } {
  const signals = [settings.signal, lease?.signal].filter((signal) => signal !== undefined)
  return signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }
}

function note(
  run: Run,
  { phase, ...step }: { phase: "copy" | "verify"; records: number; rows: number; total: number },
) {
  const { done, total, rows } = run.progress.add({ phase, ...step })
  run.lease?.note({ phase, done, total, rows })
}

function totalRecords({ census }: Run): number {
  return census.moved.reduce((sum, { records }) => sum + records, census.tracesFileEntries)
}

async function copy(run: Run) {
  const started = performance.now()
  const total = totalRecords(run)
  const interpretation = interpretationOf(run)
  // A batch is whole pages, so a small batch needs small ones.
  const pageSize = Math.min(interpretation.pageSize, run.settings.batchSize)
  const timings = await copyRows({
    ...run.settings,
    interpretation: { ...interpretation, pageSize, state: run.state },
    tally: run.tally,
    runId: run.runId,
    leaseToken: run.leaseToken,
    cleanBatches: run.cleanBatches,
    onProgress: (step) => note(run, { phase: "copy", ...step, total }),
  })
  Object.assign(run.timings, timings, { copyInMs: performance.now() - started })
}

async function buildIndexes(run: Run) {
  const started = performance.now()
  run.indexWarnings = await buildOwedIndexes({
    ...run.settings,
    ...signalOf(run),
    runId: run.runId,
    onProgress: ({ done, total }) => {
      run.progress.set({ phase: "index", done, total })
      run.lease?.note({ phase: "index", done, total, rows: 0 })
    },
  })
  run.timings.indexInMs = performance.now() - started
}

async function verify(run: Run): Promise<Verification> {
  const started = performance.now()
  const total = totalRecords(run)
  const verification = await verifyMigration({
    ...run.settings,
    interpretation: { ...interpretationOf(run), state: createInterpretationState() },
    tally: run.tally,
    runId: run.runId,
    onProgress: (step) => note(run, { phase: "verify", ...step, total }),
  })
  run.timings.verifyInMs = performance.now() - started
  return verification
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
async function recordFailure({ run, report }: { run: Run; report: MigrationReport }) {
  const { settings, runId: id, leaseToken } = run
  try {
    await run.lease?.stop()
    const status = settings.signal?.aborted ? "interrupted" : "failed"
    await settings.target.finishRun({ id, status, report, leaseToken })
  } catch {
    // The target is gone; the run stays marked as running and the next one takes over.
  }
}
