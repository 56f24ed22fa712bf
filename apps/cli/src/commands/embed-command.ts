import { embedMemories, ReasoningBankError } from "@reasoningbank/core"
import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { createFetchLine } from "../create-fetch-line.ts"
import { createRunOutput } from "../create-run-output.ts"
import { readEnvironment, readSecrets } from "../env.ts"
import { exitCode } from "../exit-code.ts"
import { logFailure } from "../log-failure.ts"
import { openMigrationLog } from "../migration-log.ts"
import { openTarget, type TargetOptions, targetSettings } from "../open-target.ts"
import { prepareTarget } from "../prepare-target.ts"
import { printEmbedding, printNeeds } from "../print-embedding.ts"
import { createRedactor } from "../redact-secrets.ts"
import { createTerminal } from "../terminal.ts"

export type EmbedOptions = TargetOptions & {
  workspace?: string | undefined
  convert?: boolean | undefined
  dryRun?: boolean | undefined
  json?: boolean | undefined
  yes?: boolean | undefined
}

/** Runs `pnpm migrate embed`: rows of the target get the vectors they lack. Returns the exit code. */
export async function runEmbed({
  options,
  directory,
  signal,
}: {
  options: EmbedOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const { workspace, convert = false, dryRun = false, json = false, yes = false } = options
  const environment = readEnvironment(directory)
  const redact = createRedactor(readSecrets(directory))
  const terminal = createTerminal(redact)
  const log = openMigrationLog({ directory, level: environment.logLevel, redact })
  const { emit, say, progress } = createRunOutput({ terminal, log, isJson: json })
  const fetchLine = createFetchLine()

  await using resources = new AsyncDisposableStack()
  const settings = targetSettings({ options, environment })
  const opened = await openTarget({ settings, directory, terminal })
  resources.defer(() => opened.target.close())
  const { description } = await prepareTarget({ opened, terminal, yes, dryRun })
  const embedder = resources.use(
    createMiniLmEmbedder({
      ...(environment.modelDirectory !== undefined && {
        modelDirectory: environment.modelDirectory,
      }),
      onProgress: (step) => terminal.status(fetchLine(step)),
    }),
  )
  emit("start", { dry_run: dryRun, model: embedder.name, target: description })
  try {
    const report = await embedMemories({
      ...{ target: opened.embeddingTarget, embedder, convert, dryRun, signal },
      workspaceId: workspace ?? null,
      onProgress: progress,
    })
    terminal.clearStatus()
    emit("report", { report })
    say([...printNeeds(report.workspaces), ...printEmbedding(report)])
    return report.status === "rows_left" ? exitCode.doneWithExceptions : exitCode.done
  } catch (error) {
    terminal.clearStatus()
    logFailure({ log, error })
    if (!signal.aborted) throw error
    throw new ReasoningBankError({
      code: "interrupted",
      message: "Stopped. What was embedded so far stays.",
      hint: "Run the same command again to embed the rest.",
      cause: error,
    })
  }
}
