import type { RowKind } from "../migration-target.ts"

/** What a user of the target may write, by the grants of the schema; everything else is set once. */
const writableFields: Record<RowKind, ReadonlySet<string>> = {
  trace: new Set(["outcome", "metadata"]),
  memory_item: new Set([
    "title",
    "description",
    "content",
    "errorContext",
    "patternTags",
    "difficultyLevel",
    "domainCategory",
    "evolutionStage",
  ]),
}

export type ChangedRow = {
  kind: RowKind
  /** Names of the fields that differ. */
  fields: string[]
  /** The row was written to after its migration, with the triggers on. */
  wasWrittenSince: boolean
  /** What stands in the target is what was migrated. */
  isAsMigrated: boolean
  /** What was migrated is what the source holds now; null when no migration wrote the row. */
  sourceIsAsMigrated: boolean | null
}

/**
 * Whether a row that differs was edited by somebody who may (`edited`; `conflict` when the source changed too, or when the
 * row is not one that was migrated), or only the source changed (`source_changed`), or nothing explains it (`different`). An
 * edit is what a user can do and what left its time: fields that users may write, in a row written to since. A change of
 * anything else, one without a time and one of links (which carry none) is a difference.
 */
export function classifyChange({
  kind,
  fields,
  wasWrittenSince,
  isAsMigrated,
  sourceIsAsMigrated,
}: ChangedRow): "edited" | "conflict" | "source_changed" | "different" {
  if (sourceIsAsMigrated === null) return "conflict"
  if (isAsMigrated) return sourceIsAsMigrated ? "different" : "source_changed"
  if (!wasWrittenSince) return "different"
  // When the source changed too, any field may differ for its sake.
  if (!sourceIsAsMigrated) return "conflict"
  return fields.every((name) => writableFields[kind].has(name)) ? "edited" : "different"
}
