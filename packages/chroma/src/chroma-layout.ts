import { ReasoningBankError } from "@reasoningbank/core"
import { damagedDatabase, type SqliteDatabase } from "@reasoningbank/sqlite"

/** Which of the tables and columns that came with time a database has. */
export type ChromaLayout = {
  /** Tenants and databases, since 0.4.15. */
  databases: boolean
  /** `collections.topic` names the log topic, until 0.4.24. */
  topic: boolean
  /** `embedding_metadata.bool_value`, since 0.4.4. */
  booleans: boolean
  /** `embedding_metadata_array`, since 1.5.0. */
  arrays: boolean
  /** `collections.config_json_str`, since 0.5.4. */
  configuration: boolean
  /** `collections.schema_str`, since 1.3.0. */
  schema: boolean
  /** The log is purged after a flush, since 0.5.6 (unless a row of `embeddings_queue_config` forbids it). */
  purging: boolean
  /** For people: the oldest release that writes this layout, and the migrations applied. */
  version: string
  /** The database has migrations that this reader does not know. */
  newer: boolean
}

const required: Record<string, string[]> = {
  collections: ["id", "name", "dimension"],
  segments: ["id", "scope", "collection"],
  segment_metadata: ["segment_id", "key", "str_value"],
  embeddings: ["id", "segment_id", "embedding_id", "seq_id"],
  embedding_metadata: ["id", "key", "string_value", "int_value", "float_value"],
  max_seq_id: ["segment_id", "seq_id"],
  embeddings_queue: ["seq_id", "operation", "topic", "id", "vector", "encoding", "metadata"],
}

const newestKnown: Record<string, number> = { embeddings_queue: 2, metadb: 6, sysdb: 10 }

/**
 * Finds the layout by looking at the columns, and holds it against the migrations the database says
 * it has had: a column that should be there and is not is damage, not an older release.
 *
 * @throws `source:not_chroma`, `source:sqlite`
 */
export function readChromaLayout(database: SqliteDatabase): ChromaLayout {
  const columns = readColumns(database)
  const has = (table: string, column: string) => columns.get(table)?.has(column) ?? false

  if (!columns.has("collections") || !columns.has("embeddings_queue")) {
    const found = [...columns.keys()].slice(0, 5).join(", ") || "none"
    throw new ReasoningBankError({
      code: "source:not_chroma",
      message: `chroma.sqlite3 is an SQLite database, but not one of Chroma's: it has no tables "collections" and "embeddings_queue" (found: ${found}).`,
      hint: "Give the directory that Chroma persists to.",
    })
  }
  for (const [table, names] of Object.entries(required)) {
    for (const name of names) if (!has(table, name)) throw lacking(`${table}.${name}`)
  }
  if (columns.has("databases") !== has("collections", "database_id")) {
    throw lacking("databases or collections.database_id")
  }

  const applied = readMigrations(database, columns)
  const layout = {
    databases: columns.has("databases"),
    topic: has("collections", "topic"),
    booleans: has("embedding_metadata", "bool_value"),
    arrays: columns.has("embedding_metadata_array"),
    configuration: has("collections", "config_json_str"),
    schema: has("collections", "schema_str"),
    purging: columns.has("embeddings_queue_config"),
  }
  const announced: [boolean, string, number, string][] = [
    [layout.databases, "sysdb", 4, "databases"],
    [layout.configuration, "sysdb", 7, "collections.config_json_str"],
    [layout.schema, "sysdb", 10, "collections.schema_str"],
    [layout.booleans, "metadb", 2, "embedding_metadata.bool_value"],
    [layout.arrays, "metadb", 6, "embedding_metadata_array"],
    [layout.purging, "embeddings_queue", 2, "embeddings_queue_config"],
  ]
  for (const [present, directory, since, name] of announced) {
    if (!present && (applied.get(directory) ?? 0) >= since) throw lacking(name)
  }
  const migrations = [...applied]
    .map(([directory, version]) => `${directory} ${version}`)
    .join(", ")
  return {
    ...layout,
    version: `${releaseOf({ layout, integerSequence: (applied.get("metadb") ?? 0) >= 5 })} (${migrations || "no migrations recorded"})`,
    newer: [...applied].some(([directory, version]) => version > (newestKnown[directory] ?? 0)),
  }
}

function readColumns(database: SqliteDatabase): Map<string, Set<string>> {
  const columns = new Map<string, Set<string>>()
  const rows = database.all(
    `select t.name, c.name from sqlite_schema t, pragma_table_info(t.name) c
     where t.type = 'table' and t.sql not like 'create virtual%'`,
  )
  for (const [table, column] of rows) {
    const name = String(table)
    const names = columns.get(name) ?? new Set()
    columns.set(name, names.add(String(column)))
  }
  return columns
}

function readMigrations(
  database: SqliteDatabase,
  columns: Map<string, Set<string>>,
): Map<string, number> {
  const names = columns.get("migrations")
  if (names === undefined || !names.has("dir") || !names.has("version")) return new Map()
  const rows = database.all("select dir, max(version) from migrations group by dir order by dir")
  return new Map(rows.map(([directory, version]) => [String(directory), Number(version)]))
}

function releaseOf({
  layout,
  integerSequence,
}: {
  layout: Omit<ChromaLayout, "version" | "newer">
  integerSequence: boolean
}): string {
  if (layout.arrays) return "1.5.0 or later"
  if (layout.schema) return "1.3.0 to 1.4"
  if (integerSequence) return "1.0.0 to 1.2"
  if (layout.purging) return "0.5.6 to 0.6"
  if (layout.configuration) return "0.5.4 or 0.5.5"
  if (!layout.topic) return "0.5.0 to 0.5.3"
  if (layout.databases) return "0.4.15 to 0.4.24"
  return layout.booleans ? "0.4.4 to 0.4.14" : "0.4.0 to 0.4.3"
}

function lacking(name: string): ReasoningBankError {
  return damagedDatabase({ reading: "The list of tables", reason: `it lacks ${name}` })
}
