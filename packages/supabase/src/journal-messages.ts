import { type JsonValue, parseJson, type RolledBackRows, type RunStart } from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"

/** What `start_migration_run` and `start_migration_rollback` return. */
export function parseRunStart(text: string): RunStart {
  const fields = jsonFields(parseJson(text))
  const outcome = fields.oneOf<RunStart["outcome"]>("outcome", [
    "started",
    "resumed",
    "rolling_back",
    "rolled_back",
    "other_options",
    "held",
  ])
  const runId = fields.text("run_id")
  if (outcome === "other_options") return { outcome, runId, options: fields.object("options") }
  if (outcome !== "held") return { outcome, runId }
  return {
    outcome,
    runId,
    token: fields.text("token"),
    holder: parseHolder(fields.value("holder")),
    expiresAt: fields.text("expires_at"),
    expiresInMs: fields.integer("expires_in_ms"),
  }
}

/** What `list_migration_batches` returns. */
export function parseCleanBatches(text: string): Set<string> {
  return new Set(jsonFields({ list: parseJson(text) }).textsOrNull("list"))
}

/** What `roll_back_migration_rows` returns. */
export function parseRolledBackRows(text: string): RolledBackRows {
  const fields = jsonFields(parseJson(text))
  return {
    restored: fields.integer("restored"),
    deleted: fields.integer("deleted"),
    removedWorkspaces: fields.integer("removed_workspaces"),
    isFinished: fields.value("is_finished") === true,
  }
}

function parseHolder(value: JsonValue) {
  if (value === null) return null
  const fields = jsonFields(value)
  return {
    host: fields.text("host"),
    pid: fields.integer("pid"),
    processStart: fields.textOrNull("process_start"),
  }
}
