import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import pRetry from "p-retry"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { isBackendActive } from "./is-backend-active.ts"
import { type DatabaseAddress, parseDatabaseUrl } from "./parse-database-url.ts"
import { postgresTls } from "./postgres-tls.ts"
import type { SqlClient, SqlRow, SqlStatement } from "./sql-client.ts"
import { targetError } from "./target-error.ts"
import { whileServerWorks } from "./while-server-works.ts"

export type PostgresClientSettings = {
  /** `postgresql://` address; a pooler in transaction mode will do. */
  databaseUrl: string
  /** @default 4 */
  maximumConnections?: number
  /** Time to reach the server and log in. @default 15000 */
  connectTimeoutInMs?: number
  /** How often a statement that takes long is asked after on another connection. @default 30000 */
  askAfterInMs?: number
}

const copyChunkBytes = 1 << 18
const keepAliveDelayInMs = 10_000
/** Serialization failure and deadlock: all is rolled back, and the same again may well go through. */
const passingFailures = new Set(["40001", "40P01"])
const retriesOfPassingFailures = 8

/**
 * Direct SQL over the Postgres protocol. Connects at the first use. Raises `usage` for an address that can not be
 * read, else `target:unreachable`, `target:refused`, `target:busy`, … with a hint and never the password.
 * A transaction that fell victim to a deadlock is run again, a few times.
 */
export function createPostgresClient(
  settings: PostgresClientSettings,
): SqlClient & { location: string } {
  const address = parseDatabaseUrl(settings.databaseUrl)
  const tls = postgresTls(address)
  let options = connectionOptions({ address, tls, settings })
  let pool = createPool({ options, settings })

  const connect = async (): Promise<pg.PoolClient> => {
    const tried = pool
    try {
      return await tried.connect()
    } catch (cause) {
      const tlsIsOptional = address.tlsMode === "prefer" && isRefusalOfTls(cause)
      if (!tlsIsOptional) throw cause
      if (pool === tried) {
        options = { ...options, ssl: false }
        pool = createPool({ options, settings })
      }
      return pool.connect()
    }
  }

  return {
    location: address.location,
    transaction: async (statements) => {
      try {
        return await pRetry(
          async () =>
            runTransaction({
              connection: await connect(),
              statements,
              askEveryMs: settings.askAfterInMs ?? 30_000,
              isActive: (backend) => isBackendActive({ settings: options, backend }),
            }),
          {
            retries: retriesOfPassingFailures,
            minTimeout: 20,
            randomize: true,
            shouldRetry: ({ error }) => isPassingFailure(error),
          },
        )
      } catch (cause) {
        throw targetError({ cause, location: address.location })
      }
    },
    close: () => pool.end(),
  }
}

function connectionOptions({
  address,
  tls,
  settings,
}: {
  address: DatabaseAddress
  tls: ReturnType<typeof postgresTls>
  settings: PostgresClientSettings
}): pg.ClientConfig {
  return {
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: tls,
    connectionTimeoutMillis: settings.connectTimeoutInMs ?? 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelayInMs,
    application_name: "reasoningbank",
    types: { getTypeParser: () => (text: string) => text },
  }
}

function createPool({
  options,
  settings,
}: {
  options: pg.ClientConfig
  settings: PostgresClientSettings
}): pg.Pool {
  const pool = new pg.Pool({ ...options, max: settings.maximumConnections ?? 4 })
  // A connection lost while idle is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {})
  return pool
}

function isPassingFailure(cause: Error): boolean {
  return "code" in cause && typeof cause.code === "string" && passingFailures.has(cause.code)
}

function isRefusalOfTls(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes("does not support SSL connections")
}

async function runTransaction({
  connection,
  statements,
  askEveryMs,
  isActive,
}: {
  connection: pg.PoolClient
  statements: SqlStatement[]
  askEveryMs: number
  isActive: (backend: string) => Promise<boolean>
}): Promise<SqlRow[][]> {
  let failure: Error | undefined
  let backend: string | undefined
  const noteLoss = (error: Error) => {
    failure ??= error
  }
  const wait = <Result>(work: Promise<Result>): Promise<Result> =>
    whileServerWorks({
      work,
      isWorking: async () => backend !== undefined && (await isActive(backend)),
      askEveryMs,
    }).catch((error: Error) => {
      if ("code" in error && error.code === "ETIMEDOUT") noteLoss(error)
      throw error
    })
  connection.on("error", noteLoss)
  try {
    const { mode, others } = splitOffMode(statements)
    backend = await wait(beginTransaction({ connection, mode }))
    const results: SqlRow[][] = mode === null ? [] : [[]]
    for (const statement of others) results.push(await wait(run({ connection, statement })))
    await wait(connection.query("commit"))
    return results
  } catch (cause) {
    if (failure === undefined) {
      const cleanUp = await wait(connection.query("rollback")).catch((error: Error) => error)
      if (cleanUp instanceof Error) noteLoss(cleanUp)
    }
    throw cause
  } finally {
    connection.off("error", noteLoss)
    connection.release(failure)
  }
}

/** A leading `set transaction`, which must come before any query of ours. */
function splitOffMode(statements: SqlStatement[]) {
  const [first, ...rest] = statements
  return first !== undefined && "sql" in first && /^\s*set transaction\b/i.test(first.sql)
    ? { mode: first.sql, others: rest }
    : { mode: null, others: statements }
}

/** Returns the process id of the backend: through a pooler it is known within a transaction only. */
async function beginTransaction({
  connection,
  mode,
}: {
  connection: pg.PoolClient
  mode: string | null
}): Promise<string | undefined> {
  const result = await connection.query<SqlRow>(
    `begin; ${mode === null ? "" : `${mode};`} select pg_catalog.pg_backend_pid() as backend`,
  )
  const last = Array.isArray(result) ? result.at(-1) : result
  return last?.rows[0]?.backend ?? undefined
}

async function run({
  connection,
  statement,
}: {
  connection: pg.PoolClient
  statement: SqlStatement
}): Promise<SqlRow[]> {
  if ("copyInto" in statement) {
    const copy = connection.query(copyFrom(`copy ${statement.copyInto} from stdin (format binary)`))
    await pipeline(Readable.from(inChunks(statement.data)), copy)
    return []
  }
  const result = await connection.query<SqlRow>(statement.sql, statement.parameters)
  return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows
}

function* inChunks(data: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < data.length; start += copyChunkBytes) {
    yield data.subarray(start, start + copyChunkBytes)
  }
}
