import {
  type MigrationTarget,
  ReasoningBankError,
  type RowKey,
  type VerificationTarget,
  type WriteBatch,
} from "@reasoningbank/core"
import { applySchema } from "./apply-schema.ts"
import { createJournal } from "./create-journal.ts"
import { createSqlSearchIndexes } from "./create-sql-search-indexes.ts"
import { createVerificationTarget } from "./create-verification-target.ts"
import { describeSqlTarget } from "./describe-sql-target.ts"
import { encodeCopyRows } from "./encode-copy-rows.ts"
import { parseGrants } from "./grant-messages.ts"
import { parseRunStart } from "./journal-messages.ts"
import { parseMigratedMemoryItems, parseMigratedTraces } from "./parse-migrated-rows.ts"
import {
  parseLatestRun,
  parseRowCounts,
  parseSkipped,
  stringifyKeys,
  stringifyReport,
  stringifyRun,
} from "./run-messages.ts"
import { splitIntoChunks } from "./split-into-chunks.ts"
import type { SqlClient, SqlParameter, SqlRow, SqlStatement } from "./sql-client.ts"
import { type StagedColumn, stagedMemoryItemColumns, stagedTraceColumns } from "./staged-columns.ts"
import { targetError } from "./target-error.ts"

export type SqlTargetSettings = {
  sql: SqlClient
  kind: "postgres" | "embedded"
  /** Host and database, or the directory: what may be shown. */
  location: string
  /** Folder of `<version>_<name>.sql` files; without it the target can not apply the schema. */
  migrationsDirectory?: string
}

const keysPerRead = 1_000
const analyzeSql =
  "analyze public.workspaces, public.reasoning_traces, public.memory_items, public.lineage_links"

/**
 * A target reached by SQL. A batch is staged by binary COPY and merged by the database, in one transaction; rows
 * are read back through functions that share nothing with that. Closing it closes `sql`.
 */
export function createSqlTarget(
  settings: SqlTargetSettings,
): MigrationTarget & { verification: VerificationTarget } {
  const { sql, kind, location, migrationsDirectory } = settings
  const place = { kind, location }

  const transaction = async (statements: SqlStatement[]): Promise<SqlRow[][]> => {
    try {
      return await sql.transaction(statements)
    } catch (cause) {
      throw targetError({ cause, location })
    }
  }
  /** The one value that a function returns. */
  const call = async (expression: string, parameters: SqlParameter[]): Promise<string> => {
    const [rows] = await transaction([{ sql: `select ${expression} as result`, parameters }])
    return resultOf(rows)
  }
  const read = async <Row>(reading: {
    functionName: string
    keys: RowKey[]
    parse: (text: string) => Row[]
  }): Promise<Row[]> => {
    const found: Row[] = []
    for (const keys of splitIntoChunks(reading.keys, keysPerRead)) {
      const text = await call(`public.${reading.functionName}($1::text)`, [stringifyKeys(keys)])
      found.push(...reading.parse(text))
    }
    return found
  }

  return {
    describe: () => describeSqlTarget({ transaction, place }),
    applySchema:
      migrationsDirectory === undefined
        ? null
        : () => applySchema({ transaction, migrationsDirectory, location }),
    findLatestRun: async (sourceIdentity) =>
      parseLatestRun(await call("public.find_latest_migration_run($1::text)", [sourceIdentity])),
    startRun: async (run) =>
      parseRunStart(await call("public.start_migration_run($1::text)", [stringifyRun(run)])),
    finishRun: async ({ id, status, report, leaseToken = null }) => {
      const expression =
        "public.finish_migration_run($1::text::uuid, $2::text, $3::text, $4::text::uuid)"
      await call(expression, [id, status, stringifyReport(report), leaseToken])
      // Best effort: a server's autovacuum does it later; the embedded one has none, and searches need it.
      await sql.transaction([{ sql: analyzeSql }]).catch(() => {})
    },
    journal: createJournal((name, request) => call(`public.${name}($1::text)`, [request])),
    write: async (batch) => {
      const results = await transaction(stageAndMerge(batch))
      return { skipped: parseSkipped(resultOf(results.at(-1))) }
    },
    readTraces: (keys) =>
      read({ functionName: "read_migrated_reasoning_traces", keys, parse: parseMigratedTraces }),
    readMemoryItems: (keys) =>
      read({ functionName: "read_migrated_memory_items", keys, parse: parseMigratedMemoryItems }),
    countRows: async (runId) =>
      parseRowCounts(await call("public.count_migrated_rows($1::text::uuid)", [runId])),
    grantWorkspaces: async ({ email, workspaceIds, role }) => {
      const [rows] = await transaction([
        {
          sql: `select coalesce(pg_catalog.json_agg(g order by g.workspace_id), '[]')::text as result
            from public.grant_workspaces(
              $1::text,
              case when $2::text is not null then
                array(select pg_catalog.jsonb_array_elements_text($2::text::jsonb))
              end,
              $3::text
            ) as g`,
          parameters: [email, workspaceIds && JSON.stringify(workspaceIds), role],
        },
      ])
      return parseGrants(resultOf(rows))
    },
    verification: createVerificationTarget({
      call: (name, request) => call(`public.${name}($1::text)`, [request]),
    }),
    searchIndexes: createSqlSearchIndexes({
      sql: { ...sql, transaction },
      // Statements on the embedded database take turns.
      canWatch: kind === "postgres",
    }),
    close: () => sql.close(),
  }
}

function resultOf(rows: SqlRow[] | undefined): string {
  const result = rows?.[0]?.result
  if (typeof result === "string") return result
  throw new ReasoningBankError({
    code: "target:schema_version",
    message: "A function of the schema returned nothing where a text was expected.",
    hint: "Its schema is of another version than this program: apply the migrations that are missing.",
  })
}

function stageAndMerge({
  runId,
  leaseToken,
  journal,
  traces,
  memoryItems,
}: WriteBatch): SqlStatement[] {
  return [
    { sql: "select private.create_migration_staging()" },
    ...copyInto({ table: "staged_reasoning_traces", rows: traces, columns: stagedTraceColumns }),
    ...copyInto({
      table: "staged_memory_items",
      rows: memoryItems,
      columns: stagedMemoryItemColumns,
    }),
    {
      sql: "select private.merge_migration_staging($1::text::uuid, $2::text::uuid, $3::text::jsonb) as result",
      parameters: [
        runId,
        leaseToken ?? null,
        journal === undefined ? null : JSON.stringify(journal),
      ],
    },
  ]
}

function copyInto<Row>({
  table,
  rows,
  columns,
}: {
  table: string
  rows: Row[]
  columns: StagedColumn<Row>[]
}): SqlStatement[] {
  if (rows.length === 0) return []
  const names = columns.map(({ name }) => name).join(", ")
  return [{ copyInto: `pg_temp.${table} (${names})`, data: encodeCopyRows({ rows, columns }) }]
}
