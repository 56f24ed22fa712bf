import { randomUUID } from "node:crypto"
import { resolve } from "node:path"
import {
  type Census,
  type MigrationReport,
  migrateMemories,
  ReasoningBankError,
} from "@reasoningbank/core"
import { backUpSource, describeBackup } from "./backup/back-up-source.ts"
import { sourceFiles } from "./backup/source-files.ts"
import type { Environment } from "./env.ts"
import type { MigrateOptions } from "./migrate-options.ts"
import type { MigrationLog } from "./migration-log.ts"
import { openRejectsFile } from "./open-rejects-file.ts"
import { openSource } from "./open-source.ts"
import { openTarget, type TargetOptions } from "./open-target.ts"
import { prepareTarget } from "./prepare-target.ts"
import { printCensus } from "./print-census.ts"
import { printProjection } from "./print-projection.ts"
import { printReport } from "./print-report.ts"
import { createProgressLine } from "./progress-line.ts"
import type { Terminal } from "./terminal.ts"
import { assertWritable, writeJsonFile } from "./write-json-file.ts"

/** Measured best: larger ones are no faster and hold more memory. */
const defaultBatchSizes = { embedded: 2_000, postgres: 2_000, api: 500 } as const

/** Opens both sides, moves, proves and reports; closes what it opened. */
export async function runMigration({
  options,
  settings,
  environment,
  directory,
  terminal,
  log,
  signal,
}: {
  options: MigrateOptions
  settings: TargetOptions
  environment: Environment
  directory: string
  terminal: Terminal
  log: MigrationLog
  signal: AbortSignal
}): Promise<MigrationReport> {
  const runId = randomUUID()
  const { dryRun = false, overwrite = false, yes = false, json = false } = options
  const say = (lines: string[]) => {
    if (!json) for (const line of lines) terminal.print(line)
  }
  const emit = (event: string, value: object) => {
    log.info({ ...value }, event)
    if (json) terminal.print(JSON.stringify({ event, ...value }))
  }
  const saveReport = async (report: MigrationReport) => {
    if (options.report === undefined) return
    await writeJsonFile({ path: resolve(directory, options.report), value: report })
  }
  let failed: MigrationReport | undefined
  if (options.report !== undefined) await assertWritable(resolve(directory, options.report))

  await using resources = new AsyncDisposableStack()
  const opened = resources.adopt(await openSource({ options, environment, directory }), (source) =>
    source.close(),
  )
  const openedTarget = await openTarget({ settings, directory, terminal })
  resources.defer(() => openedTarget.target.close())
  const { target, description, warnings } = await prepareTarget({
    opened: openedTarget,
    terminal,
    yes,
    dryRun,
  })
  emit("start", { run_id: runId, dry_run: dryRun, target: description })
  const rejects = openRejectsFile({ directory, runId, isDryRun: dryRun })
  const progressLine = createProgressLine()
  const progress = createProgressEvents({ log, emit, isJson: json })

  try {
    const report = await migrateMemories({
      runId,
      source: opened.source,
      tracesFile: opened.tracesFile,
      target,
      targetWarnings: warnings,
      collectionNames: options.collection ?? null,
      defaultWorkspaceId: options.workspace,
      sourceTimezone: options.sourceTimezone,
      batchSize: options.batchSize ?? defaultBatchSizes[description.kind],
      overwrite,
      dryRun,
      signal,
      onCensus: (census: Census) => {
        say(printCensus({ census, opened, description, options }))
        log.info({ collections: census.moved.length, left: census.left.length }, "census")
      },
      beforeWriting: async () => {
        const files = sourceFiles({ options, environment, directory })
        if (!options.backup || files === null) return
        const outputDirectory = resolve(directory, options.backupDir ?? ".")
        const backup = await backUpSource({ files, outputDirectory, reuse: true, terminal, signal })
        emit("backup", { path: backup.path, bytes: backup.bytes, is_new: backup.isNew })
        say([describeBackup(backup)])
      },
      onProgress: (step) => {
        if (!json) terminal.status(progressLine(step))
        progress(step)
      },
      onReject: (reject) => {
        log.warn({ source_id: reject.sourceId, code: reject.code }, reject.reason)
        rejects.add(reject)
      },
      onFailure: (report) => {
        failed = report
      },
    })
    terminal.clearStatus()
    emit("report", { report })
    say(printReport(report))
    if (dryRun) say(printProjection({ report, description }))
    if (rejects.path !== null) say([`Rejected records, with the reason of each: ${rejects.path}`])
    await saveReport(report)
    return report
  } catch (error) {
    if (failed !== undefined) {
      emit("report", { report: failed })
      await saveReport(failed)
    }
    if (signal.aborted) throw interrupted(error)
    throw error
  } finally {
    rejects.close()
  }
}

/** A step is logged when its phase begins and about once a second; every one would drown the log. */
function createProgressEvents({
  log,
  emit,
  isJson,
}: {
  log: MigrationLog
  emit: (event: string, value: object) => void
  isJson: boolean
}) {
  const intervalInMs = 1_000
  let phase = ""
  let last = 0
  return (step: { phase: string; done: number; total: number | null; rows: number }) => {
    const now = performance.now()
    const isDone = step.total !== null && step.done >= step.total
    if (step.phase === phase && now - last < intervalInMs && !isDone) return
    phase = step.phase
    last = now
    if (isJson) emit("progress", step)
    else log.debug(step, "progress")
  }
}

function interrupted(cause: unknown): ReasoningBankError {
  return new ReasoningBankError({
    code: "interrupted",
    message: "Stopped. What was copied so far is whole; the rest has not been touched.",
    hint: "Run the same command again to go on.",
    cause,
  })
}
