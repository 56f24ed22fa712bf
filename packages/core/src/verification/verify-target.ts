import { ReasoningBankError } from "../errors.ts"
import { type Census, takeCensus } from "../interpretation/census.ts"
import { createInterpretationState, type Interpretation } from "../interpretation/interpretation.ts"
import { createTimestampReader, sameTimezone } from "../interpretation/source-timestamp.ts"
import type { SourceCollection } from "../memory-source.ts"
import { createProgress } from "../migration/migration-progress.ts"
import { warnOfOwedIndexes } from "../migration/owed-indexes.ts"
import { refuseForeignData } from "../migration/refuse-source.ts"
import { selectCollections } from "../migration/select-collections.ts"
import { sourceIdentity } from "../migration/source-identity.ts"
import type { MigratedSource } from "../verification-target.ts"
import { verificationBinding } from "./binding.ts"
import { buildVerificationReport } from "./build-verification-report.ts"
import { checkLinks } from "./check-links.ts"
import { checkStatistics } from "./check-statistics.ts"
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { createCompactKeySet } from "./compact-key-set.ts"
import { compareSearches } from "./compare-searches.ts"
import { compareSource } from "./compare-source.ts"
import { findExtraRows } from "./find-extra-rows.ts"
import { reportUnequalSearches } from "./report-unequal-searches.ts"
import { createVectorSample } from "./vector-sample.ts"
import type { VerificationReport } from "./verification-report.ts"
import type { VerificationSettings } from "./verification-settings.ts"

/**
 * Proves that a target holds what a source holds, without writing a row: every row by its fields and vector bytes, no row
 * too many, links, statistics, and the answers of searches. Killed at any moment, the same call goes on where it was.
 *
 * @throws {ReasoningBankError} `run:refused` when the source was never migrated there, or its times were read in another
 * zone; `source:*` for a source that can not be read or changes meanwhile; `target:*`.
 */
export async function verifyTarget(settings: VerificationSettings): Promise<VerificationReport> {
  const startedAt = new Date()
  const clock = createClock()
  const progress = createProgress(settings.onProgress)
  const { target, verificationTarget, signal } = settings
  const description = await target.describe()
  const collections = await selectCollections(settings)
  const { census, identity, migrated, zone, workspace } = await lookAtSource({
    settings,
    collections,
    onRecords: (records) => progress.add({ phase: "census", records, rows: 0 }),
  })
  settings.onCensus?.(census)
  const interpretation: Interpretation = {
    ...settings,
    census,
    defaultWorkspaceId: workspace,
    readTimestamp: createTimestampReader(zone),
  }
  const total = census.moved.reduce((sum, { records }) => sum + records, census.tracesFileEntries)
  const effective = { ...settings, defaultWorkspaceId: workspace, sourceTimezone: zone }
  const binding = verificationBinding({
    settings: effective,
    collectionIds: census.moved.map(({ collection }) => collection.id),
    schemaVersions: description.schemaVersions,
  })
  const { id, checkpoint } = await verificationTarget.startVerification({
    id: settings.verificationId,
    sourceIdentity: identity,
    binding,
    restart: settings.restart,
  })

  const compare = async (from: Checkpoint | null) => {
    const keys = createCompactKeySet()
    const sample = createVectorSample({ size: settings.sampleSize, seed: settings.seed })
    const state = createInterpretationState()
    const compared = await compareSource({
      ...settings,
      interpretation: { ...interpretation, state },
      refusedSourceIds: new Set(migrated.refusedSourceIds),
      keys,
      onRow: (kind, row) => sample.offer(kind, row),
      from,
      save: async (checkpoint) => {
        await verificationTarget.saveCheckpoint({ id, checkpoint: JSON.stringify(checkpoint) })
        settings.onCheckpoint?.({ records: checkpoint.records })
      },
      onProgress: (step) => progress.add({ phase: "verify", ...step, total }),
    })
    return (
      compared && { ...compared, keys, samples: sample.list(), warnings: state.warnings.list() }
    )
  }

  const from = parseCheckpoint(checkpoint)
  if (from !== null) settings.onResume?.({ records: from.records, savedAt: from.savedAt })
  const compared = (await compare(from)) ?? (await compare(null))
  if (compared === null) throw sourceChanged()
  const { tally, keys } = compared
  clock.lap("compare")

  const checks = { ...settings, tally, keys }
  await findExtraRows({
    ...checks,
    sourceIdentity: identity,
    signal,
    onProgress: (rows) => progress.add({ phase: "extra", records: rows, rows, total: keys.size }),
  })
  clock.lap("extra")
  await checkLinks({
    ...checks,
    signal,
    onProgress: (links) => progress.add({ phase: "links", records: links, rows: links }),
  })
  clock.lap("links")
  await checkStatistics({ ...checks, signal })
  clock.lap("statistics")
  const parity =
    compared.samples.length === 0
      ? null
      : await compareSearches({
          ...checks,
          interpretation,
          samples: compared.samples,
          onProgress: (step) => progress.add({ phase: "search", ...step, total }),
        })
  if (parity !== null) reportUnequalSearches({ parity, tally })
  clock.lap("parity")
  await settings.source?.assertUnchanged()
  await settings.tracesFile?.assertUnchanged()

  const report = buildVerificationReport({
    settings: effective,
    id,
    identity,
    census,
    description,
    migrated,
    compared,
    warnings: [...(await warnOfOwedIndexes(target)), ...compared.warnings],
    parity,
    resumedRecords: from?.records ?? 0,
    startedAt,
    timings: clock.laps(),
  })
  await verificationTarget.finishVerification({ id, status: report.status, report })
  return report
}

/** What the source is and what the target knows of it; the newest run says how to read what the caller leaves open. */
async function lookAtSource({
  settings,
  collections,
  onRecords,
}: {
  settings: VerificationSettings
  collections: SourceCollection[]
  onRecords: (records: number) => void
}) {
  const look = (zone: string, workspace: string): Promise<Census> =>
    takeCensus({
      ...settings,
      collections,
      readTimestamp: createTimestampReader(zone),
      defaultWorkspaceId: workspace,
      onProgress: onRecords,
    })
  const assumed = {
    zone: settings.sourceTimezone ?? "UTC",
    workspace: settings.defaultWorkspaceId ?? "unassigned",
  }
  let census = await look(assumed.zone, assumed.workspace)
  refuseForeignData({ census, tracesFile: settings.tracesFile })
  const identity = sourceIdentity({ census, tracesFile: settings.tracesFile })
  const migrated = await settings.verificationTarget.describeMigratedSource(identity)
  refuse({ migrated, zone: settings.sourceTimezone })
  const zone = settings.sourceTimezone ?? migrated.sourceTimezone ?? assumed.zone
  const workspace = settings.defaultWorkspaceId ?? migrated.defaultWorkspaceId ?? assumed.workspace
  if (workspace !== assumed.workspace || zone !== assumed.zone) census = await look(zone, workspace)
  return { census, identity, migrated, zone, workspace }
}

function refuse({ migrated, zone }: { migrated: MigratedSource; zone: string | null }) {
  const { runs, sourceTimezone } = migrated
  if (runs.length === 0) {
    throw new ReasoningBankError({
      code: "run:refused",
      message: "The target knows of no migration of this source: there is nothing to compare.",
      hint: "Check that both sides are the ones you mean, or run pnpm migrate first.",
    })
  }
  if (zone === null || sourceTimezone === null || sameTimezone(zone, sourceTimezone)) return
  throw new ReasoningBankError({
    code: "run:refused",
    message: `This source was migrated with its times read in ${sourceTimezone}, now they would be read in ${zone}.`,
    hint: `Leave --source-timezone out, or give ${sourceTimezone}.`,
  })
}

function sourceChanged(): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:changed",
    message: "The source changed while it was compared.",
    hint: "Stop the programs that write to it and run again.",
  })
}

type Lap = "compare" | "extra" | "links" | "statistics" | "parity"

function createClock() {
  const started = performance.now()
  const laps = new Map<Lap, number>()
  let last = started
  return {
    lap(name: Lap) {
      const now = performance.now()
      laps.set(name, now - last)
      last = now
    },
    laps: () => ({ laps, totalInMs: performance.now() - started }),
  }
}
