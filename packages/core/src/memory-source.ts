import type { ForeignDialect } from "./interpretation/dialect.ts"
import type { JsonObject } from "./json/json-value.ts"

/** One collection of a source, as found, before any of its records are read. */
export type SourceCollection = {
  tenant: string
  database: string
  name: string
  /** The collection's own id in the source. */
  id: string
  /** Length of its vectors; null while nothing was ever written. */
  dimension: number | null
  /** Distance space the collection searches with. */
  space: "l2" | "cosine" | "ip"
  /** Records a reader will yield. */
  recordCount: number
}

/** One record, whatever it means. */
export type SourceRecord = {
  id: string
  document: string | null
  /** Typed as stored: integers are `bigint`, floats `number`. Null when the record has none. */
  metadata: JsonObject | null
  /** Null when it was not asked for, was never stored, or can not be read (then a warning counts it). */
  embedding: Float32Array | null
  /** Named by a reader of another program's files; a record of Chroma is recognised by its keys. */
  dialect?: ForeignDialect
}

/** Something a reader had to accept; the run goes on. */
export type SourceWarning = {
  code: string
  message: string
  collection?: string
  count: number
  /** A few record ids. */
  examples: string[]
}

export type SourceDescription = {
  kind:
    | "chroma-directory"
    | "chroma-server"
    | "traces-file"
    | "export-directory"
    | "json-files"
    | "sqlite-file"
    | "original-schema"
    | "rejects-file"
  /** The directory, the file or the address, without credentials. */
  location: string
  /** Layout or server version, for the report. */
  version: string
}

export type ReadOptions = {
  /** Read vectors too. */
  embeddings: boolean
  /** Records a page. @default 250 */
  pageSize?: number
  signal?: AbortSignal
}

/** Port: a store of records that is read and never written. */
export type MemorySource = {
  describe(): SourceDescription
  collections(): Promise<SourceCollection[]>
  /** Yields every record once, in the source's own order, a page at a time. */
  records(collection: SourceCollection, options: ReadOptions): AsyncIterable<SourceRecord[]>
  /** Raises `source:changed` when somebody wrote to the source since it was opened. */
  assertUnchanged(): Promise<void>
  /** What had to be accepted so far. */
  warnings(): SourceWarning[]
  close(): Promise<void>
}
