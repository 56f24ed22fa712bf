import { isReasoningBankError } from "@reasoningbank/core"
import { type Command, CommanderError } from "commander"
import type { CommandContext } from "./create-migrate-program.ts"
import { callerDirectory, readSecrets } from "./env.ts"
import { exitCode, exitCodeOfError } from "./exit-code.ts"
import { explainSystemError } from "./explain-system-error.ts"
import { createRedactor } from "./redact-secrets.ts"

const [, , commandName, ...arguments_] = process.argv
process.exitCode = await main({ commandName, arguments_ })

async function main({
  commandName,
  arguments_,
}: {
  commandName: string | undefined
  arguments_: string[]
}): Promise<number> {
  const controller = new AbortController()
  let result: number = exitCode.done
  const stopping = commandName === "migrate" ? "Stopping after this batch" : "Stopping"
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted)
    process.stderr.write(`\n${stopping}; press Ctrl-C again to stop at once.\n`)
    controller.abort()
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
  const context = {
    directory: callerDirectory(),
    signal: controller.signal,
    finish: (code: number) => {
      result = code
    },
  }
  const program = await createProgram({ commandName, context })
  stopOnWrongUse(program)
  try {
    await program.parseAsync(arguments_, { from: "user" })
    return result
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCode.done : exitCode.usage
    }
    printError(error)
    return controller.signal.aborted ? exitCode.interrupted : exitCodeOfError(error)
  } finally {
    process.off("SIGINT", stop)
    process.off("SIGTERM", stop)
  }
}

/** Each command loads only what it needs. */
async function createProgram({
  commandName,
  context,
}: {
  commandName: string | undefined
  context: CommandContext
}): Promise<Command> {
  if (commandName === "demo") {
    const { createDemoProgram } = await import("./create-demo-program.ts")
    return createDemoProgram(context)
  }
  if (commandName === "dev") {
    const { createDevProgram } = await import("./create-dev-program.ts")
    return createDevProgram(context)
  }
  if (commandName === "model") {
    const { createModelProgram } = await import("./create-model-program.ts")
    return createModelProgram(context)
  }
  const { createMigrateProgram } = await import("./create-migrate-program.ts")
  return createMigrateProgram(context)
}

function stopOnWrongUse(command: Command) {
  command.exitOverride().showHelpAfterError("Run it with --help to see all options.")
  for (const subcommand of command.commands) stopOnWrongUse(subcommand)
}

function printError(error: unknown) {
  const redact = createRedactor(readSecrets(callerDirectory()))
  const explained = isReasoningBankError(error) ? error : explainSystemError(error)
  const lines =
    explained !== null
      ? [`Error: ${explained.message}`, ...(explained.hint === undefined ? [] : [explained.hint])]
      : [
          `Unexpected fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          "Please report it with the last lines of migration.log.",
        ]
  process.stderr.write(`${redact(lines.join("\n"))}\n`)
}
