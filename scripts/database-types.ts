import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { prepareNativeDatabase } from "../packages/local-supabase/src/index.ts"
import type { SupabaseCli } from "../packages/supabase-cli/src/index.ts"

const repository = join(import.meta.dirname, "..")

/** Where the generated file lies. */
export const databaseTypesPath = join(repository, "packages/supabase/src/database.types.ts")

/**
 * The types of the schema for supabase-js, as the Supabase CLI generates them after it pushed the migrations to an empty
 * database, formatted by Biome.
 */
export async function generateDatabaseTypes(options: {
  cli: SupabaseCli
  /** A superuser's URL of an empty database of a native Postgres. */
  databaseUrl: string
}): Promise<string> {
  const { cli, databaseUrl } = options
  await prepareWithoutMigrations(databaseUrl)
  const remote = `--remote=${databaseUrl}?sslmode=disable`
  await runCli({ cli, arguments: ["db", "push", remote, "--yes"] })
  const types = await runCli({
    cli,
    arguments: ["gen", "types", "--lang=typescript", "--schema=public", remote],
  })
  return format(`${header}${types}`)
}

const header = "// Generated from supabase/migrations by `pnpm db:types`; change those instead.\n\n"

async function prepareWithoutMigrations(postgresUrl: string): Promise<void> {
  const migrationsDirectory = await mkdtemp(join(tmpdir(), "no-migrations-"))
  await prepareNativeDatabase({ postgresUrl, migrationsDirectory })
  await rm(migrationsDirectory, { recursive: true })
}

async function runCli(command: {
  cli: SupabaseCli
  arguments: readonly string[]
}): Promise<string> {
  const { exitCode, stdout, stderr } = await command.cli.run(command)
  if (exitCode !== 0) {
    throw new Error(`supabase ${command.arguments.slice(0, 2).join(" ")} failed: ${stderr}`)
  }
  return stdout
}

async function format(source: string): Promise<string> {
  const biome = spawn(
    join(repository, "node_modules/.bin/biome"),
    ["format", "--stdin-file-path=generated.ts"],
    { cwd: repository, stdio: ["pipe", "pipe", "inherit"] },
  )
  biome.stdin.end(source)
  return text(biome.stdout)
}
