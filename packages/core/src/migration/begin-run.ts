import { ReasoningBankError } from "../errors.ts"
import type { Census } from "../interpretation/census.ts"
import type { TargetDescription } from "../migration-target.ts"
import type { MigrationSettings } from "./migration-settings.ts"
import { differingOptions, optionsDigest, runOptions, sourceSnapshot } from "./options-digest.ts"
import { takeLease } from "./take-lease.ts"

export type BegunRun = { runId: string; leaseToken: string; cleanBatches: Set<string> }

/**
 * Takes the lease of the source and records the run, or goes on with the one that was cut short.
 *
 * @throws {ReasoningBankError} `run:refused` while another process is at it, after other options, and in the middle of a
 * rollback.
 */
export async function beginRun({
  settings,
  census,
  identity,
  targetDescription,
}: {
  settings: MigrationSettings
  census: Census
  identity: string
  targetDescription: TargetDescription
}): Promise<BegunRun> {
  const { source, tracesFile, target } = settings
  const options = runOptions(settings)
  const { token, start } = await takeLease({
    ...settings,
    ask: (lease) =>
      target.startRun({
        id: settings.runId,
        sourceIdentity: identity,
        sourceKind: source?.describe().kind ?? "traces-file",
        sourceLocation: source?.describe().location ?? tracesFile?.path ?? "",
        sourceTimezone: settings.sourceTimezone,
        options,
        journal: {
          lease,
          optionsDigest: optionsDigest(options),
          schemaVersion: targetDescription.schemaVersions.at(-1) ?? "",
          sourceSnapshot: sourceSnapshot(census),
          restart: settings.restart ?? false,
        },
      }),
  })
  if (start.outcome === "other_options") {
    const names = differingOptions(options, start.options)
    const said = names.map(
      (name) =>
        `${name} was ${String(start.options[name] ?? "not set")}, now ${String(options[name])}`,
    )
    throw new ReasoningBankError({
      code: "run:refused",
      message: `Run ${start.runId} of this source was cut short, with other options: ${said.join("; ")}.`,
      hint: "Run again with the same options to go on, or with --restart to begin a new run with these.",
    })
  }
  if (start.outcome === "rolling_back") {
    throw new ReasoningBankError({
      code: "run:refused",
      message: `Run ${start.runId} of this source is rolled back in part.`,
      hint: `Run \`pnpm migrate rollback ${start.runId}\` to the end first.`,
    })
  }
  const isResumed = start.outcome === "resumed"
  settings.onRun?.({ runId: start.runId, isResumed })
  const cleanBatches = isResumed
    ? await target.journal.listCleanBatches(start.runId)
    : new Set<string>()
  return { runId: start.runId, leaseToken: token, cleanBatches }
}
