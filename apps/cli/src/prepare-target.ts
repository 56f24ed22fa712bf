import { readdir } from "node:fs/promises"
import {
  isReasoningBankError,
  type MigrationTarget,
  ReasoningBankError,
  type TargetDescription,
  type Warning,
} from "@reasoningbank/core"
import { pgvectorWarnings } from "@reasoningbank/supabase"
import { formatQuantity } from "./format-figures.ts"
import { migrationsDirectory } from "./migrations-directory.ts"
import type { OpenedTarget } from "./open-target.ts"
import type { Terminal } from "./terminal.ts"

export type PreparedTarget = {
  target: MigrationTarget
  description: TargetDescription
  warnings: Warning[]
}

/**
 * Makes sure that the target has this tool's schema. Missing migrations are applied after asking, where
 * that is possible; a dry run goes on without them, against a target that has no rows.
 *
 * @throws {ReasoningBankError} `target:no_schema` naming the ways to apply it, `target:schema_version`
 * for a schema newer than this tool, `target:missing_extension` where pgvector was taken out of it.
 */
export async function prepareTarget({
  opened: { target, prepareDatabase },
  terminal,
  yes,
  dryRun,
}: {
  opened: Omit<OpenedTarget, "rowLister">
  terminal: Terminal
  yes: boolean
  dryRun: boolean
}): Promise<PreparedTarget> {
  let description = await target.describe()
  const expected = await expectedVersions()
  const unknown = description.schemaVersions.filter(
    (version) => !expected.includes(version) && version >= (expected[0] ?? ""),
  )
  const missing = expected.filter((version) => !description.schemaVersions.includes(version))
  if (unknown.length > 0 && missing.length === 0) throw newerSchema({ description, unknown })

  if (missing.length > 0) {
    if (dryRun) {
      terminal.note(
        `The schema is not complete at ${description.location}; a real run applies it first.`,
      )
      return { target: withoutRows(target), description, warnings: [] }
    }
    await applySchema({ target, prepareDatabase, terminal, yes, description, missing })
    description = await target.describe()
  }
  if (description.pgvectorVersion === null) throw lostExtension(description)
  return { target, description, warnings: pgvectorWarning(description) }
}

async function applySchema({
  target,
  prepareDatabase,
  terminal,
  yes,
  description,
  missing,
}: Pick<OpenedTarget, "target" | "prepareDatabase"> & {
  terminal: Terminal
  yes: boolean
  description: TargetDescription
  missing: string[]
}) {
  const what = formatQuantity(missing.length, "migration")
  if (target.applySchema === null) {
    throw new ReasoningBankError({
      code: "target:no_schema",
      message: `The database of ${description.location} lacks ${what} of the ReasoningBank schema, and over the API none can be applied.`,
      hint: "Run `supabase db push` in this repository, or paste supabase/schema.sql into the SQL editor of the project, or give DATABASE_URL; then run this again.",
    })
  }
  const question = `Apply ${what} of the ReasoningBank schema to ${description.location}?`
  const agreed = yes || (terminal.isInteractive && (await terminal.confirm(question)))
  if (!agreed) {
    throw new ReasoningBankError({
      code: "target:no_schema",
      message: `The database at ${description.location} lacks ${what} of the ReasoningBank schema.`,
      hint: "Run again with --yes to apply it, or run `supabase db push` first.",
    })
  }
  try {
    await target.applySchema()
  } catch (error) {
    const isPlainPostgres = isReasoningBankError(error) && error.code === "target:not_supabase"
    if (!isPlainPostgres || prepareDatabase === null) throw error
    terminal.note(
      `${description.location} is a plain Postgres: adding the roles and the auth schema a Supabase database has.`,
    )
    await prepareDatabase()
  }
  terminal.note(`Applied the ReasoningBank schema to ${description.location}.`)
}

function pgvectorWarning({ pgvectorVersion }: TargetDescription): Warning[] {
  const examples = pgvectorWarnings(pgvectorVersion ?? "0")
  return examples.length === 0
    ? []
    : [{ code: "pgvector_outdated", count: examples.length, examples }]
}

async function expectedVersions(): Promise<string[]> {
  const files = await readdir(migrationsDirectory)
  return files.flatMap((file) => /^(\d+)_.*\.sql$/.exec(file)?.[1] ?? []).sort()
}

function withoutRows(target: MigrationTarget): MigrationTarget {
  return {
    ...target,
    findLatestRun: async () => null,
    readTraces: async () => [],
    readMemoryItems: async () => [],
    searchIndexes: { listOwed: async () => [], drop: null, build: null },
  }
}

function lostExtension({ location }: TargetDescription): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:missing_extension",
    message: `The database at ${location} has the ReasoningBank schema, but no longer pgvector, and with it every column of vectors is gone.`,
    hint: "Restore a backup of the database from before the extension `vector` was dropped, or migrate into an empty database.",
  })
}

function newerSchema({
  description,
  unknown,
}: {
  description: TargetDescription
  unknown: string[]
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:schema_version",
    message: `The schema at ${description.location} is newer than this tool: it has ${unknown.join(", ")}.`,
    hint: "Update this repository (git pull) and run the command again.",
  })
}
