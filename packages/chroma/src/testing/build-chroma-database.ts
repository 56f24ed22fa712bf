import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

type StoredValue = string | number | bigint

/** A record as it stands in the metadata tables. */
export type StoredRecord = {
  id: string
  /** Last row of the log that changed it. */
  lastChange: number
  /** Column and value of each key; several values are an array. */
  metadata: Record<string, [column: string, ...values: StoredValue[]]>
}

export type LoggedRow = {
  operation: number
  id: string
  vector: number[] | null
  metadata: string | null
}

export const builtIds = {
  collection: "11111111-1111-4111-8111-111111111111",
  metadataSegment: "22222222-2222-4222-8222-222222222222",
  vectorSegment: "33333333-3333-4333-8333-333333333333",
}

/** Writes the tables of a release, as its migrations make them, with one collection `built`. */
export function buildChromaDatabase({
  directory,
  layout,
  stored,
  log,
  metadataPosition,
}: {
  directory: string
  layout: "0.4.0" | "1.5"
  stored: StoredRecord[]
  /** Rows 1, 2, 3 and so on. */
  log: LoggedRow[]
  /** How far the metadata tables have got. */
  metadataPosition: number
}): void {
  mkdirSync(directory, { recursive: true })
  const database = new DatabaseSync(join(directory, "chroma.sqlite3"))
  const isNew = layout === "1.5"
  const { collection, metadataSegment, vectorSegment } = builtIds
  database.exec(`
    create table embeddings_queue (seq_id INTEGER PRIMARY KEY, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      operation INTEGER NOT NULL, topic TEXT NOT NULL, id TEXT NOT NULL, vector BLOB, encoding TEXT, metadata TEXT);
    create table segment_metadata (segment_id TEXT, key TEXT NOT NULL, str_value TEXT, int_value INTEGER, float_value REAL,
      PRIMARY KEY (segment_id, key));
    create table embeddings (id INTEGER PRIMARY KEY, segment_id TEXT NOT NULL, embedding_id TEXT NOT NULL,
      seq_id BLOB NOT NULL, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, UNIQUE (segment_id, embedding_id));
    create table embedding_metadata (id INTEGER REFERENCES embeddings(id), key TEXT NOT NULL, string_value TEXT,
      int_value INTEGER, float_value REAL${isNew ? ", bool_value INTEGER" : ""}, PRIMARY KEY (id, key));
    create table max_seq_id (segment_id TEXT PRIMARY KEY, seq_id ${isNew ? "INTEGER" : "BLOB"} NOT NULL);
    create table collections (id TEXT PRIMARY KEY, name TEXT NOT NULL,
      ${isNew ? "dimension INTEGER, database_id TEXT, config_json_str TEXT, schema_str TEXT" : "topic TEXT NOT NULL, dimension INTEGER"});
    create table segments (id TEXT PRIMARY KEY, type TEXT NOT NULL, scope TEXT NOT NULL, collection TEXT);
  `)
  if (isNew) {
    database.exec(`
      create table databases (id TEXT PRIMARY KEY, name TEXT NOT NULL, tenant_id TEXT NOT NULL);
      insert into databases values ('d', 'default_database', 'default_tenant');
      create table embeddings_queue_config (id INTEGER PRIMARY KEY, config_json_str TEXT);
      create table embedding_metadata_array (id INTEGER NOT NULL, key TEXT NOT NULL, string_value TEXT,
        int_value INTEGER, float_value REAL, bool_value INTEGER);
      create index embedding_metadata_array_id_key on embedding_metadata_array (id, key);
    `)
  }
  const run = (sql: string, ...values: (string | number | bigint | null | Uint8Array)[]) =>
    database.prepare(sql).run(...values)
  const position = (value: number) => (isNew ? value : bigEndian(value))
  const topic = `persistent://default/default/${collection}`
  if (isNew) {
    run("insert into collections values (?, 'built', 2, 'd', '{}', null)", collection)
  } else {
    run("insert into collections values (?, 'built', ?, 2)", collection, topic)
  }
  run("insert into segments values (?, 'sqlite', 'METADATA', ?)", metadataSegment, collection)
  run("insert into segments values (?, 'hnsw', 'VECTOR', ?)", vectorSegment, collection)
  run("insert into max_seq_id values (?, ?)", metadataSegment, position(metadataPosition))
  for (const [at, { operation, id, vector, metadata }] of log.entries()) {
    const bytes = vector === null ? null : new Uint8Array(Float32Array.from(vector).buffer)
    run(
      "insert into embeddings_queue (seq_id, operation, topic, id, vector, encoding, metadata) values (?, ?, ?, ?, ?, ?, ?)",
      ...[at + 1, operation, topic, id, bytes, vector === null ? null : "FLOAT32", metadata],
    )
  }
  for (const [at, { id, lastChange, metadata }] of stored.entries()) {
    run(
      "insert into embeddings (id, segment_id, embedding_id, seq_id) values (?, ?, ?, ?)",
      ...[at + 1, metadataSegment, id, position(lastChange)],
    )
    for (const [key, [column, ...values]] of Object.entries(metadata)) {
      const table = values.length > 1 ? "embedding_metadata_array" : "embedding_metadata"
      for (const value of values) {
        run(`insert into ${table} (id, key, ${column}) values (?, ?, ?)`, at + 1, key, value)
      }
    }
  }
  database.close()
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
