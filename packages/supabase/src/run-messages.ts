import {
  type JsonObject,
  type MigrationRun,
  type NewMigrationRun,
  parseJson,
  type RowKey,
  type RowKind,
  stringifyJson,
  type WriteResult,
} from "@reasoningbank/core"
import { type JsonFields, jsonFields } from "./json-fields.ts"

/** What `start_migration_run` takes. */
export function stringifyRun(run: NewMigrationRun): string {
  return stringifyJson({
    id: run.id,
    source_identity: run.sourceIdentity,
    source_kind: run.sourceKind,
    source_location: run.sourceLocation,
    source_timezone: run.sourceTimezone,
    options: run.options,
    ...(run.journal !== undefined && journalFields(run.journal)),
  })
}

function journalFields(journal: NonNullable<NewMigrationRun["journal"]>): JsonObject {
  const { token, holder, takenOver } = journal.lease
  return {
    options_digest: journal.optionsDigest,
    schema_version: journal.schemaVersion,
    source_snapshot: journal.sourceSnapshot,
    restart: journal.restart,
    lease_token: token,
    lease_holder: {
      host: holder.host,
      pid: BigInt(holder.pid),
      process_start: holder.processStart,
    },
    taken_over: takenOver,
  }
}

/** What `finish_migration_run` takes. */
export function stringifyReport(report: object): string {
  return JSON.stringify(report, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  )
}

/** What the `read_migrated_*` functions take. */
export function stringifyKeys(keys: readonly RowKey[]): string {
  return JSON.stringify(keys.map(({ workspaceId, id }) => ({ workspace_id: workspaceId, id })))
}

/** What `find_latest_migration_run` returns. */
export function parseLatestRun(text: string): MigrationRun | null {
  const run = parseJson(text)
  if (run === null) return null
  const fields = jsonFields(run)
  return {
    id: fields.text("id"),
    status: fields.text("status"),
    sourceTimezone: fields.text("source_timezone"),
  }
}

/** What `merge_migration_staging` and `write_migration_batch` return. */
export function parseSkipped(text: string): WriteResult["skipped"] {
  return parseList(text).map((fields) => ({
    kind: fields.oneOf<RowKind>("kind", ["trace", "memory_item"]),
    key: { workspaceId: fields.text("workspace_id"), id: fields.text("id") },
  }))
}

/** What `count_migrated_rows` returns. */
export function parseRowCounts(
  text: string,
): { workspaceId: string; traces: number; memoryItems: number }[] {
  return parseList(text).map((fields) => ({
    workspaceId: fields.text("workspace_id"),
    traces: fields.integer("traces"),
    memoryItems: fields.integer("memory_items"),
  }))
}

/** The objects of a JSON list. */
export function parseList(text: string): JsonFields[] {
  return jsonFields({ list: parseJson(text) })
    .list("list")
    .map(jsonFields)
}
