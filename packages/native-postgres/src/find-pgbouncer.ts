import { mkdir, rename } from "node:fs/promises"
import { join } from "node:path"
import { createPrivateApt } from "./create-private-apt.ts"
import { fetchOnce } from "./fetch-once.ts"
import { PgbouncerUnavailable } from "./pgbouncer-unavailable.ts"

const folder = "pgbouncer-1.18-debian"

/** The program and the libraries it needs that a small Debian lacks. */
const packages = ["pgbouncer", "libc-ares2", "libevent-2.1-7", "libssl3"]

export type PgbouncerInstallation = {
  /** Can be moved as a whole. */
  directory: string
  /** Relative to `directory`, as is the next. */
  program: string
  libraries: string
}

/**
 * pgbouncer 1.18 with its shared libraries, unpacked from Debian's packages at the first call; nothing is installed.
 * Raises `PgbouncerUnavailable`.
 */
export async function findPgbouncer(cacheDirectory: string): Promise<PgbouncerInstallation> {
  const directory = join(cacheDirectory, folder)
  try {
    await fetchOnce({ directory, fetch: unpackFromDebian })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new PgbouncerUnavailable(`pgbouncer needs Debian 12 on x64: ${reason}.`, { cause })
  }
  return { directory, program: "usr/sbin/pgbouncer", libraries: "usr/lib/x86_64-linux-gnu" }
}

async function unpackFromDebian(place: {
  directory: string
  workDirectory: string
}): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`this is ${process.platform} ${process.arch}`)
  }
  const aptDirectory = join(place.workDirectory, "apt")
  const unpacked = join(place.workDirectory, "unpacked")
  await mkdir(unpacked)
  const apt = await createPrivateApt({ directory: aptDirectory })
  for (const name of packages) await apt.unpackPackage({ name, directory: unpacked })
  await rename(unpacked, place.directory)
}
