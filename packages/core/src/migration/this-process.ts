import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"
import type { LeaseHolder } from "../migration-journal.ts"

/** Names this process, so that another one can tell whether it still lives. */
export function describeThisProcess(): LeaseHolder {
  return { host: thisHost(), pid: process.pid, processStart: startOfProcess(process.pid) }
}

/** Whether the process is known to be dead: it ran on this machine, and its number is free or another process's. */
export function isKnownDead(holder: LeaseHolder | null): boolean {
  if (holder === null || holder.host !== thisHost()) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === "ESRCH"
  }
  const start = startOfProcess(holder.pid)
  return start !== null && holder.processStart !== null && start !== holder.processStart
}

/** Numbers of processes mean something only within one boot of one machine, and on Linux one namespace. */
function thisHost(): string {
  const boot = readOrNull("/proc/sys/kernel/random/boot_id")
  const namespace = orNull(() => readlinkSync("/proc/self/ns/pid"))
  return [hostname(), boot, namespace].filter((part) => part !== null).join(" ")
}

/** Clock ticks since the boot (proc(5), field 22); null where there is no /proc, or for a zombie. */
function startOfProcess(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return state === "Z" ? "dead" : (fields[18] ?? null)
}

function readOrNull(path: string): string | null {
  return orNull(() => readFileSync(path, "utf8").trim())
}

function orNull(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}
