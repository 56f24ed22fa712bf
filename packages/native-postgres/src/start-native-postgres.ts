import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type CreateDatabaseOptions, createDatabase } from "./create-database.ts"
import { defaultCacheDirectory } from "./default-cache-directory.ts"
import { findFreePort } from "./find-free-port.ts"
import { findInstallation } from "./find-installation.ts"
import { readIfThere, startGuardedProcess } from "./guarded-process.ts"
import type { NativePostgresVersion } from "./postgres-installation.ts"
import { runCommand } from "./run-command.ts"
import {
  makeServerDirectory,
  reachableInstallation,
  type ServerUser,
  serverUser,
} from "./server-directory.ts"

export type NativePostgresOptions = {
  /** The major version. @default a cached one, else the quickest to fetch */
  version?: NativePostgresVersion | undefined
  /** Server settings as in postgresql.conf, over the defaults for tests. */
  settings?: Record<string, string>
  /** Where fetched server programs are kept. @default the repository's `.cache/native-postgres` */
  cacheDirectory?: string
  /** Whether a missing gcc or pip may be installed with apt-get, which needs root. @default false */
  mayInstallSystemPackages?: boolean
}

export type NativePostgres = {
  version: NativePostgresVersion
  /** A superuser's URL of the database `postgres`. */
  url: string
  port: number
  /** Makes an empty database, or a copy of `template`, and returns a superuser's URL of it. */
  createDatabase: (options?: Omit<CreateDatabaseOptions, "url">) => Promise<string>
  /** Ends the server at once and removes its files. */
  stop: () => Promise<void>
}

const defaultSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "32MB",
  max_connections: "100",
}

const password = "postgres"

/**
 * Starts a PostgreSQL server with pgvector that belongs to this process alone: own files in a temp directory,
 * a free port on 127.0.0.1, fsync on. It ends with `stop()` or with this process, however that ends.
 * Raises `NativePostgresUnavailable` when no server programs can be had.
 */
export async function startNativePostgres(
  options: NativePostgresOptions = {},
): Promise<NativePostgres> {
  const installation = await findInstallation({
    version: options.version,
    cacheDirectory: options.cacheDirectory ?? defaultCacheDirectory,
    mayInstallSystemPackages: options.mayInstallSystemPackages ?? false,
  })
  const user = serverUser()
  const serverDirectory = await makeServerDirectory(user)
  try {
    const directory = await reachableInstallation({
      user,
      directory: installation.directory,
      serverDirectory,
    })
    const programs = join(directory, installation.programs)
    await initializeData({ program: join(programs, "initdb"), serverDirectory, user })
    const port = await findFreePort()
    const data = join(serverDirectory, "data")
    const settings = Object.entries({ ...defaultSettings, ...options.settings })
    const { stop } = await startGuardedProcess({
      name: "PostgreSQL",
      program: join(programs, "postgres"),
      arguments: [
        "-D",
        data,
        `--port=${port}`,
        ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
      serverDirectory,
      user,
      endSignal: "QUIT",
      // The last line of this file is the server's own word for its state.
      isReady: async () =>
        (await readIfThere(join(data, "postmaster.pid"))).trimEnd().endsWith("ready"),
    })
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    return {
      version: installation.version,
      url,
      port,
      createDatabase: (database) => createDatabase({ ...database, url }),
      stop,
    }
  } catch (cause) {
    await rm(serverDirectory, { recursive: true, force: true })
    throw cause
  }
}

async function initializeData(options: {
  program: string
  serverDirectory: string
  user: ServerUser
}): Promise<void> {
  const passwordFile = join(options.serverDirectory, "password")
  await writeFile(passwordFile, password)
  await runCommand({
    command: options.program,
    arguments: [
      `--pgdata=${join(options.serverDirectory, "data")}`,
      `--pwfile=${passwordFile}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      `--locale=${process.platform === "linux" ? "C.UTF-8" : "C"}`,
      "--no-sync",
    ],
    directory: options.serverDirectory,
    user: options.user,
  })
}
