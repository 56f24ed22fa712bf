import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { availableParallelism, loadavg } from "node:os"
import { fileURLToPath } from "node:url"
import { prepareNativeDatabase } from "@reasoningbank/local-supabase"
import { startNativePostgres } from "@reasoningbank/native-postgres"
import postgres from "postgres"

const migrationsDirectory = fileURLToPath(new URL("../../../supabase/migrations", import.meta.url))

export type BenchmarkDatabase = {
  /** A superuser's. */
  url: string
  /** A superuser's connections. */
  sql: postgres.Sql
  /** One connection of a caller; his id for role `authenticated`. */
  connectAs: (caller: Caller) => Promise<postgres.Sql>
  stop: () => Promise<void>
}

export type Caller = { role: "authenticated"; userId: string } | { role: "service_role" }

/** A native Postgres 15 (it has pg_trgm, as hosted projects do) with the migrations, ended by `stop`. */
export async function openBenchmarkDatabase(): Promise<BenchmarkDatabase> {
  const server = await startNativePostgres({
    version: 15,
    settings: { shared_buffers: "1GB", maintenance_work_mem: "1GB" },
  })
  const connections: postgres.Sql[] = []
  const connect = (max: number) => {
    const connection = postgres(url, { max, onnotice: () => {}, max_lifetime: null })
    connections.push(connection)
    return connection
  }
  const url = await server.createDatabase()
  await prepareNativeDatabase({ postgresUrl: url, migrationsDirectory })
  const sql = connect(8)
  await printConditions(sql)
  return {
    url,
    sql,
    connectAs: async (caller) => {
      const session = connect(1)
      const userId = caller.role === "authenticated" ? caller.userId : ""
      await session`select set_config('request.jwt.claim.sub', ${userId}, false)`
      await session.unsafe(`set role ${caller.role}`)
      return session
    },
    stop: async () => {
      await Promise.all(connections.map((connection) => connection.end({ timeout: 5 })))
      await server.stop()
    },
  }
}

/** One connection of a new user who is a member of these workspaces. */
export async function signUp({
  database: { sql, connectAs },
  name,
  workspaceIds,
}: {
  database: BenchmarkDatabase
  name: string
  workspaceIds: string[]
}): Promise<postgres.Sql> {
  const userId = randomUUID()
  await sql`insert into auth.users (id, email) values (${userId}, ${`${name}@example.com`})`
  await sql`
    insert into public.workspace_members (workspace_id, user_id, role)
    select id, ${userId}, 'viewer' from unnest(${workspaceIds}::text[]) as id`
  await sql`analyze public.workspace_members`
  return connectAs({ role: "authenticated", userId })
}

async function printConditions(sql: postgres.Sql) {
  const [versions] = await sql`
    select current_setting('server_version') as postgres, extversion as pgvector
    from pg_extension where extname = 'vector'`
  const model = /model name\s*: (.*)/.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "cpu"
  console.log(
    `PostgreSQL ${versions?.postgres}, pgvector ${versions?.pgvector}, shared_buffers and maintenance_work_mem 1GB, fsync on, ` +
      `everything else default. ${availableParallelism()} cores (${model}) shared by client and server, Node ${process.version}.`,
  )
  printLoad("at the start")
}

/** Prints the machine's load averages: other work on the same cores is in every figure. */
export function printLoad(when: string) {
  console.log(
    `Load ${when}: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}.`,
  )
}
