import { randomUUID } from "node:crypto"
import { ReasoningBankError, type VerificationReport, verifyTarget } from "@reasoningbank/core"
import type { VerifyOptions } from "./commands/verify-command.ts"
import { createRunOutput } from "./create-run-output.ts"
import type { Environment } from "./env.ts"
import { formatQuantity } from "./format-figures.ts"
import type { MigrationLog } from "./migration-log.ts"
import { openSource } from "./open-source.ts"
import { openTarget, type TargetOptions } from "./open-target.ts"
import { prepareTarget } from "./prepare-target.ts"
import { printVerification } from "./print-verification.ts"
import { reportFiles } from "./report-files.ts"
import type { Terminal } from "./terminal.ts"

const pageSize = 500

/** Opens both sides, compares them and reports; closes what it opened. */
export async function runVerification({
  options,
  settings,
  environment,
  directory,
  terminal,
  log,
  signal,
}: {
  options: VerifyOptions
  settings: TargetOptions
  environment: Environment
  directory: string
  terminal: Terminal
  log: MigrationLog
  signal: AbortSignal
}): Promise<VerificationReport> {
  const { json = false, yes = false } = options
  const { emit, say, progress } = createRunOutput({ terminal, log, isJson: json })
  const files = await reportFiles({ options, directory })
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
    dryRun: false,
  })
  const verificationId = randomUUID()
  emit("start", { verification_id: verificationId, target: description })
  try {
    const report = await verifyTarget({
      verificationId,
      source: opened.source,
      tracesFile: opened.tracesFile,
      target,
      verificationTarget: openedTarget.target.verification,
      targetWarnings: warnings,
      collectionNames: options.collection ?? null,
      defaultWorkspaceId: options.workspace ?? null,
      sourceTimezone: options.sourceTimezone ?? null,
      pageSize,
      sampleSize: options.sample,
      neighbours: options.neighbours,
      seed: options.seed,
      restart: options.restart ?? false,
      signal,
      onResume: ({ records, savedAt }) => {
        emit("resume", { records, saved_at: savedAt })
        terminal.note(
          `Going on with a verification that was interrupted: ${formatQuantity(records, "record")} were compared until ${savedAt}. --restart begins anew.`,
        )
      },
      onCheckpoint: ({ records }) => emit("checkpoint", { records }),
      onProgress: progress,
    })
    terminal.clearStatus()
    emit("report", { report })
    say(printVerification(report))
    await files.save(report)
    return report
  } catch (error) {
    if (!signal.aborted) throw error
    throw new ReasoningBankError({
      code: "interrupted",
      message: "Stopped. What was compared so far is kept.",
      hint: "Run the same command again to go on.",
      cause: error,
    })
  }
}
