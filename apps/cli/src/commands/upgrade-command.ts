import { isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"
import {
  createOriginalSource,
  createPostgresClient,
  findOriginalSchema,
  keptSchema,
  moveOriginalSchema,
  type SqlClient,
} from "@reasoningbank/supabase"
import { readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { openMigrationLog } from "../migration-log.ts"
import { type OpenedTarget, openTarget, targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { runMigration } from "../run-migration.ts"
import { createTerminal, type Terminal } from "../terminal.ts"

export type UpgradeOptions = Pick<
  MigrateOptions,
  "databaseUrl" | "workspace" | "batchSize" | "dryRun" | "yes" | "json" | "report"
>

/**
 * Runs `pnpm migrate upgrade`: a database with the original ReasoningBank's own Supabase schema becomes one of this program. Its tables are
 * moved aside and kept; their rows are migrated from there and verified like any others. Returns the exit code.
 */
export async function runUpgrade({
  options,
  directory,
  signal,
}: {
  options: UpgradeOptions
  /** What relative paths are relative to. */
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const environment = readEnvironment(directory)
  const settings = targetSettings({ options, environment })
  const { databaseUrl } = settings
  if (databaseUrl === undefined) throw noDatabase(settings.supabaseUrl !== undefined)
  const redact = createRedactor(readSecrets(directory))
  const terminal = createTerminal(redact)
  const log = openMigrationLog({ directory, level: environment.logLevel, redact })
  const sql = createPostgresClient({ databaseUrl, maximumConnections: 1 })
  const { location } = sql
  const { dryRun = false, yes = false } = options
  try {
    const found = await findOriginalSchema(sql)
    if (found === null) throw nothingToUpgrade(location)
    if (found === "public" && !dryRun) await moveAside({ sql, location, terminal, yes })
    const schema = dryRun ? found : keptSchema
    const report = await runMigration({
      // To move the tables was to agree to ours in their place.
      options: { ...options, yes: true, sourceTimezone: "UTC", backup: false },
      settings: { databaseUrl },
      ...{ environment, directory, terminal, log, signal },
      ends: {
        openSource: async () => {
          const source = await createOriginalSource({ sql, schema, location })
          return { source, tracesFile: null, close: () => source.close() }
        },
        openTarget: async () => {
          const opened = await openTarget({ settings: { databaseUrl }, directory, terminal })
          return dryRun ? withoutSchema({ opened, location }) : opened
        },
      },
    })
    if (!dryRun) {
      terminal.note(
        `The original tables are as they were, in the schema ${keptSchema}. When nobody needs them any more: drop schema ${keptSchema} cascade;`,
      )
    }
    return exitCodeOfStatus(report.status)
  } finally {
    terminal.clearStatus()
    await sql.close()
  }
}

async function moveAside({
  sql,
  location,
  terminal,
  yes,
}: {
  sql: SqlClient
  location: string
  terminal: Terminal
  yes: boolean
}) {
  const question = `Move the original ReasoningBank's tables at ${location} to the schema ${keptSchema}, and put this program's schema in their place? Programs that use them stop working.`
  const agreed = yes || (terminal.isInteractive && (await terminal.confirm(question)))
  if (!agreed) {
    throw new ReasoningBankError({
      code: "target:refused",
      message: `The original ReasoningBank's tables at ${location} have to make room, and nobody has agreed to that. Nothing was changed.`,
      hint: "Look first with --dry-run, then run again with --yes.",
    })
  }
  await moveOriginalSchema(sql)
  terminal.note(`Moved the original tables at ${location} to the schema ${keptSchema}.`)
}

/** A dry run looks while the original's tables are still where ours will be. */
function withoutSchema({
  opened,
  location,
}: {
  opened: OpenedTarget
  location: string
}): OpenedTarget {
  const { target } = opened
  const describe = async () => {
    try {
      return await target.describe()
    } catch (error) {
      if (!isReasoningBankError(error) || error.code !== "target:refused") throw error
      const unknown = { serverVersion: null, pgvectorVersion: null, databaseBytes: null }
      return { kind: "postgres" as const, location, ...unknown, schemaVersions: [] }
    }
  }
  return { ...opened, target: { ...target, describe } }
}

function nothingToUpgrade(location: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:refused",
    message: `The database at ${location} has no tables of the original ReasoningBank, neither in public nor in ${keptSchema}.`,
    hint: "Give the address of the database that the original's Supabase backend wrote to.",
  })
}

function noDatabase(hasApi: boolean): ReasoningBankError {
  return new ReasoningBankError({
    code: "usage",
    message: hasApi
      ? "Tables can not be moved over the API of a project; an upgrade needs its database."
      : "No database is named.",
    hint: "Set DATABASE_URL or give --database-url: in the dashboard of the project under Connect.",
  })
}
