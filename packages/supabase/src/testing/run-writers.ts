import { Client } from "pg"
import type { SqlStatement } from "../sql-client.ts"
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts"

export type WritersSettings = {
  databaseUrl: string
  writers: number
  seed: number
  durationInMs: number
  workspaceIds: readonly [string, ...string[]]
  operations: Record<
    string,
    (random: SeededRandom, ids: readonly [string, ...string[]]) => SqlStatement[]
  >
  /** Ends the session of one writer again and again. @default never */
  killEveryInMs?: number
}

export type WritersReport = {
  /** By operation, those that were committed. */
  committed: Record<string, number>
  /** By SQLSTATE and constraint, or "connection lost". */
  failed: Record<string, number>
  kills: number
}

/** Lets writers loose on the same workspaces, each with a connection of its own, until the time is over. */
export async function runWriters(settings: WritersSettings): Promise<WritersReport> {
  const report: WritersReport = { committed: {}, failed: {}, kills: 0 }
  const sessions = new Map<number, number>()
  const deadline = Date.now() + settings.durationInMs
  const isOver = () => Date.now() >= deadline
  const writing = Array.from({ length: settings.writers }, (_, writer) =>
    write({ settings, writer, report, isOver, onSession: (pid) => sessions.set(writer, pid) }),
  )
  const killing = killSessions({ settings, sessions, report, isOver })
  await Promise.all([...writing, killing])
  return report
}

async function write(options: {
  settings: WritersSettings
  writer: number
  report: WritersReport
  isOver: () => boolean
  onSession: (pid: number) => void
}): Promise<void> {
  const { settings, writer, report, isOver, onSession } = options
  const random = createSeededRandom(settings.seed + writer)
  const names = Object.keys(settings.operations)
  while (!isOver()) {
    const client = new Client(settings.databaseUrl)
    let isLost = false
    client.on("error", () => {
      isLost = true
    })
    await client.connect()
    const { rows } = await client.query("select pg_backend_pid() as pid")
    onSession(Number(rows[0]?.pid))
    while (!isOver() && !isLost) {
      const name = names[random.below(names.length)] ?? ""
      const statements = settings.operations[name]?.(random, settings.workspaceIds) ?? []
      try {
        await client.query("begin")
        for (const statement of statements)
          if ("sql" in statement) await client.query(statement.sql, statement.parameters)
        await client.query("commit")
        add(report.committed, name)
      } catch (error) {
        const code = codeOf(error)
        add(report.failed, code)
        if (code === LOST) isLost = true
        await client.query("rollback").catch(() => {
          isLost = true
        })
      }
    }
    await client.end().catch(() => {})
  }
}

async function killSessions(options: {
  settings: WritersSettings
  sessions: Map<number, number>
  report: WritersReport
  isOver: () => boolean
}): Promise<void> {
  const { settings, sessions, report, isOver } = options
  if (settings.killEveryInMs === undefined) return
  const random = createSeededRandom(settings.seed - 1)
  const client = new Client(settings.databaseUrl)
  await client.connect()
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, settings.killEveryInMs))
    const pid = sessions.get(random.below(settings.writers))
    if (pid === undefined) continue
    const { rows } = await client.query("select pg_terminate_backend($1) as killed", [pid])
    if (rows[0]?.killed === true) report.kills += 1
  }
  await client.end()
}

const LOST = "connection lost"

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined
  const isSqlState = typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)
  if (!isSqlState || code === "57P01") return LOST
  const constraint: unknown = Reflect.get(Object(error), "constraint")
  return typeof constraint === "string" ? `${code} ${constraint}` : code
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
