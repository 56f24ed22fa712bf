import { readFileSync } from "node:fs"
import type postgres from "postgres"

/**
 * Reads the milliseconds of CPU that the server process of a connection has used (Linux, /proc/PID/schedstat): unlike
 * the time on the wall they hardly change when other work waits for the same cores.
 */
export async function createCpuClock(session: postgres.Sql): Promise<() => number> {
  const [row] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`
  return () => {
    try {
      const [nanoseconds = ""] = readFileSync(`/proc/${row?.pid}/schedstat`, "utf8").split(" ")
      return Number(nanoseconds) / 1e6
    } catch {
      return Number.NaN
    }
  }
}
