import { createHash } from "node:crypto"
import type { Census } from "../interpretation/census.ts"
import type { JsonObject } from "../json/json-value.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { MigrationSettings } from "./migration-settings.ts"

/** The options that decide what a run writes: only the same ones go on with a run that was cut short. */
export function runOptions({
  overwrite,
  defaultWorkspaceId,
  sourceTimezone,
}: MigrationSettings): JsonObject {
  return {
    overwrite,
    default_workspace: defaultWorkspaceId,
    source_timezone: sourceTimezone,
  }
}

export function optionsDigest(options: JsonObject): string {
  return sha256(stringifyJson(options))
}

/** Names of the options that differ. */
export function differingOptions(now: JsonObject, before: JsonObject): string[] {
  return Object.keys(now).filter(
    (name) => stringifyJson(now[name] ?? null) !== stringifyJson(before[name] ?? null),
  )
}

/** How many records lay where, to see that a source has changed between two runs. */
export function sourceSnapshot({ moved, tracesFileEntries }: Census): string {
  const counts = moved.map(({ collection, records }) => [collection.id, records])
  return sha256(JSON.stringify([counts.sort(), tracesFileEntries]))
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
