import { setTimeout as sleep } from "node:timers/promises"
import {
  type IndexBuildProgress,
  type IndexBuilds,
  isReasoningBankError,
  type OwedIndex,
  ReasoningBankError,
  type SearchIndexes,
} from "@reasoningbank/core"
import {
  type IndexBuildSettings,
  indexBuildSettings,
  readIndexBuildFacts,
} from "./index-build-settings.ts"
import { parseDroppedIndexes, parseOwedIndexes } from "./owed-index-messages.ts"
import type { SqlClient, SqlStatement } from "./sql-client.ts"
import { watchIndexBuild } from "./watch-index-build.ts"

const waitForOthersInMs = 1_000

type BuildOptions = {
  sql: SqlClient
  runId: string
  onProgress: (progress: IndexBuildProgress) => void
  signal?: AbortSignal | undefined
}

/**
 * The indexes of vectors, over SQL, as the owner of the tables. Every setting is local to its transaction, so that a
 * pooler in transaction mode will do. `canWatch`: a second connection may look while one builds.
 */
export function createSqlSearchIndexes({
  sql,
  canWatch,
}: {
  sql: SqlClient
  canWatch: boolean
}): SearchIndexes {
  const textOf = async (statement: SqlStatement) =>
    (await sql.transaction([statement]))[0]?.[0]?.result ?? "[]"
  const listOwed = async () =>
    parseOwedIndexes(await textOf({ sql: "select public.list_owed_indexes() as result" }))

  return {
    listOwed,
    drop: async ({ runId, traces, memoryItems }) => {
      if (!(await mayBuild(sql))) return []
      const text = await textOf({
        sql: "select private.drop_vector_indexes($1::text::uuid, $2::text::bigint, $3::text::bigint) as result",
        parameters: [runId, String(traces), String(memoryItems)],
      })
      return parseDroppedIndexes(text)
    },
    build: async ({ runId, onProgress = () => {}, signal }) => {
      const builds: IndexBuilds = { built: [], left: [] }
      const owedIndexes = await listOwed()
      if (owedIndexes.length > 0 && !(await mayBuild(sql))) {
        const reason = "only the owner of the tables can build it"
        return { built: [], left: owedIndexes.map(({ name }) => ({ name, reason })) }
      }
      // Committed before the look at other runs: of two that end at once, one sees that the other copies no more.
      if (owedIndexes.length > 0) {
        await sql.transaction([
          {
            sql: "update public.migration_runs set phase = 'index' where id = $1::text::uuid and status = 'running'",
            parameters: [runId],
          },
        ])
      }
      for (const owed of owedIndexes) {
        const reason = await build({ runId, owed, canWatch, sql, onProgress, signal })
        if (reason === null) builds.built.push(owed.name)
        else builds.left.push({ name: owed.name, reason })
      }
      return builds
    },
  }
}

async function mayBuild(sql: SqlClient): Promise<boolean> {
  const [[row] = []] = await sql.transaction([
    {
      sql: `select pg_catalog.pg_has_role(c.relowner, 'usage')::text as may
        from pg_catalog.pg_class as c where c.oid = 'public.memory_items'::pg_catalog.regclass`,
    },
  ])
  return row?.may === "true"
}

/** Null when it is there; else why it is still owed. */
async function build({
  owed,
  canWatch,
  ...options
}: BuildOptions & { owed: OwedIndex; canWatch: boolean }): Promise<string | null> {
  const { sql, runId, onProgress, signal } = options
  const table = owed.kind === "trace" ? "reasoning_traces" : "memory_items"
  const [[row] = []] = await sql.transaction([
    { sql: "select private.count_vectors($1::text) as vectors", parameters: [table] },
  ])
  const vectors = Number(row?.vectors ?? 0)
  const settings = indexBuildSettings({ facts: await readIndexBuildFacts(sql), vectors })
  for (;;) {
    if (signal?.aborted) throw interrupted(owed)
    onProgress({ name: owed.name, done: 0, total: vectors })
    const work = buildOnce({ sql, runId, name: owed.name, settings })
    const outcome = await (canWatch
      ? watchIndexBuild({ ...options, name: owed.name, vectors, work })
      : work
    ).catch((error: unknown) => {
      if (signal?.aborted) throw interrupted(owed, error)
      throw error
    })
    if (outcome === "built") {
      onProgress({ name: owed.name, done: vectors, total: vectors })
      return null
    }
    if (outcome === "loading") return "another run is still loading, and builds it at its end"
    await sleep(waitForOthersInMs)
  }
}

async function buildOnce({
  sql,
  runId,
  name,
  settings,
}: {
  sql: SqlClient
  runId: string
  name: string
  settings: IndexBuildSettings
}): Promise<string> {
  const run = async ({ memoryInKilobytes, workers }: IndexBuildSettings) => {
    const results = await sql.transaction([
      ...settingsOfBuild({ memoryInKilobytes, workers }),
      {
        sql: "select private.build_owed_index($1::text::uuid, $2::text) as result",
        parameters: [runId, name],
      },
    ])
    return results.at(-1)?.[0]?.result ?? "busy"
  }
  try {
    return await run(settings)
  } catch (error) {
    // Workers share memory that a container may not give: then one builds alone, in memory of its own.
    if (settings.workers === 0 || !isShortOfResources(error)) throw error
    return run({ ...settings, workers: 0 })
  }
}

/** A time limit is read when a statement begins, so these are statements of their own. */
function settingsOfBuild({ memoryInKilobytes, workers }: IndexBuildSettings): SqlStatement[] {
  return [
    {
      sql: `select pg_catalog.set_config(s.name, '0', true) from pg_catalog.pg_settings as s
        where s.name in ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`,
    },
    { sql: "set local lock_timeout = '30s'" },
    { sql: `set local maintenance_work_mem = ${Math.ceil(memoryInKilobytes)}` },
    { sql: `set local max_parallel_maintenance_workers = ${Math.floor(workers)}` },
    // A build whose caller was killed ends and makes room for the next one, where the server's system can tell.
    {
      sql: `do $$ begin
          perform pg_catalog.set_config('client_connection_check_interval', '2s', true);
        exception when others then null; end $$`,
    },
  ]
}

/** SQLSTATE class 53. */
function isShortOfResources(error: unknown): boolean {
  const cause = isReasoningBankError(error) ? error.cause : error
  return (
    cause instanceof Error &&
    "code" in cause &&
    typeof cause.code === "string" &&
    cause.code.startsWith("53")
  )
}

function interrupted({ name }: OwedIndex, cause?: unknown): ReasoningBankError {
  return new ReasoningBankError({
    code: "interrupted",
    message: `Stopped while the index ${name} was built; it is still owed.`,
    hint: "Run the same command again: it builds what is owed.",
    cause,
  })
}
