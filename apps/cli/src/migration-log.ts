import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { destination, type Logger, pino, stdTimeFunctions } from "pino"

export type MigrationLog = Pick<Logger, "debug" | "info" | "warn" | "error">

/** Opens `migration.log` in `directory`: one JSON object a line, appended, without secrets. */
export function openMigrationLog({
  directory,
  level,
  redact,
}: {
  directory: string
  level: string
  redact: (text: string) => string
}): MigrationLog {
  const path = join(directory, "migration.log")
  try {
    const file = destination({ dest: path, sync: true })
    return pino(
      { level, base: null, timestamp: stdTimeFunctions.isoTime },
      { write: (line: string) => file.write(redact(line)) },
    )
  } catch (cause) {
    throw new ReasoningBankError({
      code: "usage",
      message: `The log file ${path} can not be written.`,
      hint: "Run the command from a directory you may write to.",
      cause,
    })
  }
}
