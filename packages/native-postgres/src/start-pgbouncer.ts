import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { defaultCacheDirectory } from "./default-cache-directory.ts"
import { findFreePort } from "./find-free-port.ts"
import { findPgbouncer } from "./find-pgbouncer.ts"
import { startGuardedProcess } from "./guarded-process.ts"
import { makeServerDirectory, reachableInstallation, serverUser } from "./server-directory.ts"

export type PgbouncerOptions = {
  /** A superuser's URL of a database of the server to stand before; any login role may then connect. */
  databaseUrl: string
  /** `transaction` is what a hosted project's pooler does on port 6543. */
  poolMode: "session" | "transaction"
  /** Where the fetched program is kept. @default the repository's `.cache/native-postgres` */
  cacheDirectory?: string
}

export type Pgbouncer = {
  /** `databaseUrl`, through the pooler; other databases of the server can be reached by their names. */
  url: string
  port: number
  /** Ends the pooler at once and removes its files. */
  stop: () => Promise<void>
}

/**
 * Starts a pgbouncer on a free port of 127.0.0.1. It ends with `stop()` or with this process, however that ends.
 * Raises `PgbouncerUnavailable` when the program can not be had.
 */
export async function startPgbouncer(options: PgbouncerOptions): Promise<Pgbouncer> {
  const installation = await findPgbouncer(options.cacheDirectory ?? defaultCacheDirectory)
  const user = serverUser()
  const serverDirectory = await makeServerDirectory(user)
  try {
    const { directory } = installation
    const place = await reachableInstallation({ user, directory, serverDirectory })
    const port = await findFreePort()
    const configuration = join(serverDirectory, "pgbouncer.ini")
    const userList = join(serverDirectory, "users.txt")
    const database = new URL(options.databaseUrl)
    await writeFile(userList, describeUser(database))
    await writeFile(configuration, describeSettings({ ...options, database, port, userList }))
    const { stop } = await startGuardedProcess({
      name: "pgbouncer",
      program: join(place, installation.program),
      arguments: [configuration],
      serverDirectory,
      user,
      libraryDirectory: join(place, installation.libraries),
      endSignal: "TERM",
      isReady: (log) => log.includes("process up:"),
    })
    const url = new URL(database)
    url.host = `127.0.0.1:${port}`
    return { url: url.href, port, stop }
  } catch (cause) {
    await rm(serverDirectory, { recursive: true, force: true })
    throw cause
  }
}

function describeUser({ username, password }: URL): string {
  const quote = (word: string) => `"${decodeURIComponent(word).replaceAll('"', '""')}"`
  return `${quote(username)} ${quote(password)}\n`
}

function describeSettings(settings: {
  database: URL
  poolMode: string
  port: number
  userList: string
}): string {
  const { database, poolMode, port, userList } = settings
  return `[databases]
* = host=${database.hostname} port=${database.port || "5432"}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = ${poolMode}
auth_type = scram-sha-256
auth_file = ${userList}
auth_user = ${decodeURIComponent(database.username)}
ignore_startup_parameters = extra_float_digits
`
}
