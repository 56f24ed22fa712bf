import pg from "pg"

/**
 * Whether a backend works on a statement, asked on a connection of its own. True too when the server answers but does
 * not let us ask, for then it is there; false when it can not be reached or does not know the backend.
 */
export async function isBackendActive({
  settings,
  backend,
}: {
  settings: pg.ClientConfig
  /** Its process id, of `pg_backend_pid()`. */
  backend: string
}): Promise<boolean> {
  const client = new pg.Client({ ...settings, query_timeout: settings.connectionTimeoutMillis })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      "select from pg_catalog.pg_stat_activity where pid::text = $1 and state = 'active'",
      [backend],
    )
    return rows.length > 0
  } catch (cause) {
    return cause instanceof pg.DatabaseError
  } finally {
    void client.end().catch(() => {})
  }
}
