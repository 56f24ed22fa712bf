import type { SourceRecord } from "../memory-source.ts"

/**
 * What other programs write, by the program's name; `original` is the Supabase schema of the original
 * ReasoningBank, `reject` a line of a rejects file that is a row or an item. How each is read is told in `foreign/`.
 */
export const foreignDialects = [
  "google",
  "hanw39",
  "budprat",
  "reasoning-bank-slm",
  "gzmomo001",
  "la3d",
  "agentic-flow",
  "original",
  "reject",
] as const

export type ForeignDialect = (typeof foreignDialects)[number]

/**
 * - `current`: one record per memory item, the whole item as JSON in metadata `memory_data`.
 * - `legacy`: one record per trace; its items, if kept, are in `traces.json`.
 * - `trace`: one record per trace, the whole trace as JSON in metadata `trace_data`; written beside `current`
 *   records by the Chroma backend of this project.
 * - a foreign one: written by another program.
 * - `unknown`: something else.
 */
export type Dialect = "current" | "legacy" | "trace" | ForeignDialect | "unknown"

/** Records of each dialect; the foreign ones are named where there are any. */
export type DialectCounts = Record<Exclude<Dialect, ForeignDialect>, number> &
  Partial<Record<ForeignDialect, number>>

/** Tells by the reader's word or by the metadata keys alone, so that a record with a broken value is still recognised. */
export function detectDialect({ metadata, dialect }: SourceRecord): Dialect {
  if (dialect !== undefined) return dialect
  if (metadata === null) return "unknown"
  if ("memory_data" in metadata) return "current"
  if ("trace_data" in metadata) return "trace"
  if ("memory_items_json" in metadata) return "gzmomo001"
  if ("num_memories" in metadata && ("has_parent" in metadata || "outcome" in metadata)) {
    return "legacy"
  }
  return "unknown"
}

export function isForeign(dialect: Dialect): dialect is ForeignDialect {
  return foreignDialects.some((name) => name === dialect)
}

/** How many of these records are written by other programs. */
export function countForeign(counts: DialectCounts): number {
  return foreignDialects.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
}

/** How many of these records become rows. */
export function countUnderstood(counts: DialectCounts): number {
  return counts.current + counts.legacy + counts.trace + countForeign(counts)
}

export function noDialects(): DialectCounts {
  return { current: 0, legacy: 0, trace: 0, unknown: 0 }
}
