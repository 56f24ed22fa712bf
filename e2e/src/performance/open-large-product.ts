import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { demoAccount, writeSampleBank } from "@reasoningbank/cli/demo-product"
import { buildDashboard, startDashboard } from "@reasoningbank/dashboard/server"
import { startLocalSupabase } from "@reasoningbank/local-supabase"
import { findFreePort, runCommand, startNativePostgres } from "@reasoningbank/native-postgres"
import postgres from "postgres"
import { fillLargeBank, type LargeBankSize } from "./fill-large-bank.ts"

export type LargeProduct = {
  url: string
  account: { email: string; password: string }
  sql: postgres.Sql
}

const repository = path.join(import.meta.dirname, "../../..")

/**
 * The production build before a Supabase on native Postgres, told where that is by its environment alone, as on a hosted
 * project. The bank is the sample, migrated by the command and multiplied; what is there already is left as it is.
 */
export async function openLargeProduct({
  resources,
  size,
  databaseUrl,
  log,
}: {
  resources: AsyncDisposableStack
  size: LargeBankSize
  /** A Postgres 15 or newer with pgvector that may be written to; a private one when there is none. */
  databaseUrl: string | undefined
  log: (message: string) => void
}): Promise<LargeProduct> {
  const directory = await mkdtemp(path.join(tmpdir(), "reasoningbank-performance-"))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const postgresUrl = databaseUrl ?? (await startPostgres(resources))
  const port = await findFreePort()
  const local = await startLocalSupabase({
    directory: path.join(directory, "supabase"),
    migrationsDirectory: path.join(repository, "supabase/migrations"),
    siteUrl: `http://localhost:${port}`,
    postgresUrl,
    log,
  })
  resources.defer(() => local.close())
  const sql = postgres(postgresUrl, { max: 2, onnotice: () => {} })
  resources.defer(() => sql.end({ timeout: 5 }))
  const [present] = await sql`select from public.workspaces where id = 'large-0'`
  if (present === undefined) {
    await migrateSample({ directory, postgresUrl })
    await fillLargeBank({ sql, size, log })
  }
  await ensureAccount({ local, sql })
  log("Building the dashboard …")
  await buildDashboard()
  const dashboard = await startDashboard({
    mode: "start",
    port,
    supabaseUrl: local.url,
    publishableKey: local.publishableKey,
  })
  resources.defer(() => dashboard.stop())
  return { url: dashboard.url, account: demoAccount, sql }
}

async function startPostgres(resources: AsyncDisposableStack): Promise<string> {
  const server = await startNativePostgres({
    version: 15,
    settings: { shared_buffers: "1GB", maintenance_work_mem: "1GB", max_wal_size: "8GB" },
  })
  resources.defer(() => server.stop())
  return server.createDatabase()
}

async function migrateSample({
  directory,
  postgresUrl,
}: {
  directory: string
  postgresUrl: string
}): Promise<void> {
  const sample = path.join(directory, "sample-chroma")
  await writeSampleBank({ directory: sample })
  await runCommand({
    command: process.execPath,
    arguments: [
      path.join(repository, "apps/cli/src/main.ts"),
      ...["migrate", "--chromadb-dir", sample, "--source-timezone", "Europe/Berlin"],
      ...["--database-url", postgresUrl, "--yes"],
    ],
    directory,
  })
}

async function ensureAccount({
  local,
  sql,
}: {
  local: { url: string; publishableKey: string }
  sql: postgres.Sql
}): Promise<void> {
  await fetch(`${local.url}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: local.publishableKey, "content-type": "application/json" },
    body: JSON.stringify(demoAccount),
  })
  await sql`
    insert into public.workspace_members (workspace_id, user_id, role)
    select w.id, u.id, 'owner' from public.workspaces as w cross join auth.users as u
    where w.id like 'large-%' and u.email = ${demoAccount.email}
    on conflict do nothing`
}
