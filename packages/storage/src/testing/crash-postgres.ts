import process from "node:process"
import { setTimeout as wait } from "node:timers/promises"
import postgres from "postgres"

/**
 * Kills one of the server's own processes with SIGKILL, upon which PostgreSQL throws all sessions out, starts anew and
 * recovers from its log. Returns when it takes connections again.
 */
export async function crashPostgres({ url }: { url: string }): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const [checkpointer] =
    await sql`select pid from pg_catalog.pg_stat_activity where backend_type = 'checkpointer'`
  process.kill(Number(checkpointer?.pid), "SIGKILL")
  await sql.end({ timeout: 1 }).catch(() => {})
  while (!(await answers(url))) await wait(50)
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
