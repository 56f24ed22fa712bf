import { join } from "node:path"
import {
  type EmbeddingTarget,
  type MigrationTarget,
  ReasoningBankError,
  type RowLister,
  type VerificationTarget,
} from "@reasoningbank/core"
import {
  createApiEmbeddingTarget,
  createApiRowLister,
  createApiTarget,
  createPostgresClient,
  createSqlEmbeddingTarget,
  createSqlRowLister,
  createSqlTarget,
} from "@reasoningbank/supabase"
import type { Environment } from "./env.ts"
import { migrationsDirectory } from "./migrations-directory.ts"
import type { Terminal } from "./terminal.ts"

export type TargetOptions = {
  databaseUrl?: string | undefined
  supabaseUrl?: string | undefined
  supabaseKey?: string | undefined
}

export type OpenedTarget = {
  target: MigrationTarget & { verification: VerificationTarget }
  /** Which rows the same database holds; it ends with the target. */
  rowLister: RowLister
  /** The same database; it ends with the target. */
  embeddingTarget: EmbeddingTarget
  /** Makes a plain Postgres a Supabase one; null where that is not ours to do. */
  prepareDatabase: (() => Promise<void>) | null
}

/** The keys and addresses a target is opened with; options win over the environment as a group. */
export function targetSettings({
  options,
  environment,
}: {
  options: TargetOptions
  environment: Environment
}): TargetOptions {
  const named = options.databaseUrl ?? options.supabaseUrl
  if (named !== undefined) {
    return { ...options, supabaseKey: options.supabaseKey ?? environment.supabaseKey }
  }
  return {
    databaseUrl: environment.databaseUrl,
    supabaseUrl: environment.supabaseUrl,
    supabaseKey: options.supabaseKey ?? environment.supabaseKey,
  }
}

/**
 * A database address is written to directly, a project address over its API; without either the
 * embedded Supabase in `.reasoningbank/` of the caller's directory is used, and started when needed.
 */
export async function openTarget({
  settings: { databaseUrl, supabaseUrl, supabaseKey },
  directory,
  terminal,
}: {
  settings: TargetOptions
  directory: string
  terminal: Terminal
}): Promise<OpenedTarget> {
  if (databaseUrl !== undefined) {
    const sql = createPostgresClient({ databaseUrl })
    const target = createSqlTarget({
      sql,
      kind: "postgres",
      location: sql.location,
      migrationsDirectory,
    })
    return {
      target,
      rowLister: createSqlRowLister({ sql, location: sql.location }),
      embeddingTarget: createSqlEmbeddingTarget({ sql, location: sql.location }),
      prepareDatabase: () =>
        withLocalSupabase(({ prepareNativeDatabase }) =>
          prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory }),
        ),
    }
  }
  if (supabaseUrl !== undefined) {
    const key = supabaseKey ?? (await askForKey(terminal))
    const api = { supabaseUrl, supabaseKey: key }
    return {
      target: createApiTarget(api),
      rowLister: createApiRowLister(api),
      embeddingTarget: createApiEmbeddingTarget(api),
      prepareDatabase: null,
    }
  }
  if (supabaseKey !== undefined) {
    throw new ReasoningBankError({
      code: "usage",
      message: "A Supabase key is given, but not the address of the project.",
      hint: "Give --supabase-url or set SUPABASE_URL; without both the embedded Supabase is used.",
    })
  }
  const dataDirectory = join(directory, ".reasoningbank")
  const local = await withLocalSupabase(({ connectLocalSupabase }) =>
    connectLocalSupabase({
      directory: dataDirectory,
      migrationsDirectory,
      log: (message) => terminal.status(message),
    }),
  )
  terminal.clearStatus()
  const target = createSqlTarget({
    sql: { transaction: local.sql.transaction, close: local.close },
    kind: "embedded",
    location: dataDirectory,
  })
  const place = { sql: local.sql, location: dataDirectory }
  return {
    target,
    rowLister: createSqlRowLister(place),
    embeddingTarget: createSqlEmbeddingTarget(place),
    prepareDatabase: null,
  }
}

async function askForKey(terminal: Terminal): Promise<string> {
  if (terminal.isInteractive) {
    return terminal.askSecret("Secret key of the Supabase project (sb_secret_… or service_role):")
  }
  throw new ReasoningBankError({
    code: "usage",
    message: "The address of a Supabase project is given, but no key.",
    hint: "Set SUPABASE_KEY (or SUPABASE_SECRET_KEY) in the environment or in .env.",
  })
}

type LocalSupabaseModule = typeof import("@reasoningbank/local-supabase")

/**
 * Loads the embedded Supabase, which weighs hundreds of megabytes in memory, only where it is used; what
 * it raises becomes an error of this project.
 */
export async function withLocalSupabase<Result>(
  work: (module: LocalSupabaseModule) => Promise<Result>,
): Promise<Result> {
  const module = await import("@reasoningbank/local-supabase")
  try {
    return await work(module)
  } catch (error) {
    if (!(error instanceof module.LocalSupabaseError)) throw error
    throw new ReasoningBankError({
      code: "target:refused",
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
      cause: error,
    })
  }
}
