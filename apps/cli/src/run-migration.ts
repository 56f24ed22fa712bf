import { randomUUID } from "node:crypto"
import { resolve } from "node:path"
import {
  type Census,
  type MigrationReport,
  type MigrationSettings,
  type MigrationTarget,
  migrateMemories,
  ReasoningBankError,
} from "@reasoningbank/core"
import { backUpSource, describeBackup } from "./backup/back-up-source.ts"
import { sourceFiles } from "./backup/source-files.ts"
import { createRunOutput } from "./create-run-output.ts"
import type { Environment } from "./env.ts"
import type { MigrateOptions } from "./migrate-options.ts"
import type { MigrationLog } from "./migration-log.ts"
import { openRejectsFile } from "./open-rejects-file.ts"
import { type OpenedSource, openSource } from "./open-source.ts"
import { type OpenedTarget, openTarget, type TargetOptions } from "./open-target.ts"
import { prepareTarget } from "./prepare-target.ts"
import { printCensus } from "./print-census.ts"
import { printProjection } from "./print-projection.ts"
import { printReport } from "./print-report.ts"
import { readEmbeddingHint } from "./read-embedding-hint.ts"
import { reportFiles } from "./report-files.ts"
import type { Terminal } from "./terminal.ts"

/** Measured best: larger ones are no faster and hold more memory. */
const defaultBatchSizes = { embedded: 2_000, postgres: 2_000, api: 500 } as const

/** What is opened instead of what the options name. */
export type MigrationEnds = {
  openSource?: () => Promise<OpenedSource>
  openTarget?: () => Promise<OpenedTarget>
  /** Of a migration that adds rows and replaces none. */
  refinePage?: (target: MigrationTarget) => NonNullable<MigrationSettings["refinePage"]>
}

/** Opens both sides, moves, proves and reports; closes what it opened. */
export async function runMigration({
  options,
  settings,
  environment,
  directory,
  terminal,
  log,
  signal,
  ends = {},
}: {
  options: MigrateOptions
  settings: TargetOptions
  environment: Environment
  directory: string
  terminal: Terminal
  log: MigrationLog
  signal: AbortSignal
  ends?: MigrationEnds
}): Promise<MigrationReport> {
  let runId: string = randomUUID()
  const { dryRun = false, overwrite = false, yes = false, json = false } = options
  const { emit, say, progress } = createRunOutput({ terminal, log, isJson: json })
  const files = await reportFiles({ options, directory })
  let failed: MigrationReport | undefined

  await using resources = new AsyncDisposableStack()
  const opened = resources.adopt(
    await (ends.openSource?.() ?? openSource({ options, environment, directory })),
    (source) => source.close(),
  )
  const openedTarget = await (ends.openTarget?.() ?? openTarget({ settings, directory, terminal }))
  resources.defer(() => openedTarget.target.close())
  const { target, description, warnings } = await prepareTarget({
    opened: openedTarget,
    terminal,
    yes,
    dryRun,
  })
  emit("start", { run_id: runId, dry_run: dryRun, target: description })
  const rejects = openRejectsFile({ directory, runId: () => runId, isDryRun: dryRun })

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
      restart: options.restart ?? false,
      signal,
      ...refinementOf({ ends, target }),
      onWaiting: ({ holder }) =>
        terminal.note(
          `Process ${holder?.pid ?? "?"} seems to be migrating this source; waiting to see whether it lives.`,
        ),
      onRun: (run) => {
        runId = run.runId
        emit("run", { run_id: run.runId, is_resumed: run.isResumed })
        if (run.isResumed) say([`Going on with run ${run.runId}, which was cut short.`])
      },
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
      onProgress: progress,
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
    else if (!json) say(await readEmbeddingHint({ target: openedTarget.embeddingTarget, log }))
    if (rejects.path !== null) say([`Rejected records, with the reason of each: ${rejects.path}`])
    await files.save(report)
    return report
  } catch (error) {
    if (failed !== undefined) {
      emit("report", { report: failed })
      await files.save(failed)
    }
    if (signal.aborted) throw interrupted(error)
    throw error
  } finally {
    rejects.close()
  }
}

function refinementOf({ ends, target }: { ends: MigrationEnds; target: MigrationTarget }) {
  const refinePage = ends.refinePage?.(target)
  return refinePage === undefined ? {} : { refinePage }
}

function interrupted(cause: unknown): ReasoningBankError {
  return new ReasoningBankError({
    code: "interrupted",
    message: "Stopped. What was copied so far is whole; the rest has not been touched.",
    hint: "Run the same command again to go on.",
    cause,
  })
}
