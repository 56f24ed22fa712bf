import process from "node:process"
import { setTimeout as wait } from "node:timers/promises"
import postgres from "postgres"

/**
 * Kills one of the server's own processes with SIGKILL, upon which PostgreSQL throws all sessions out, starts anew and
 * recovers from its log. Returns when it takes connections again.
 */
export async function crashPostgres({ url }: { url: string }): Promise<void> {
  const killed = await findCheckpointer(url)
  process.kill(Number(killed), "SIGKILL")
  // A session may still get through before the server has noticed, and then it is the old checkpointer's.
  for (;;) {
    const found = await findCheckpointer(url).catch(() => killed)
    if (found !== undefined && found !== killed) return
    await wait(50)
  }
}

async function findCheckpointer(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const [row] =
      await sql`select pid::text from pg_catalog.pg_stat_activity where backend_type = 'checkpointer'`
    return row?.pid
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {})
  }
}
