import type { RowKey, RowKind, WriteResult } from "./migration-target.ts"

/** What the rows of one kind in one workspace have for vectors. */
export type EmbeddingCounts = {
  workspaceId: string
  kind: RowKind
  rows: number
  /** Without a searchable vector. */
  missing: number
  /** With one of the asked model, made of a text that was edited since. */
  stale: number
  /** Rows by the model of their vector. */
  models: Map<string, number>
}

/** A row that needs a vector: the texts it is made of, and the version it is made for. */
export type RowToEmbed = { key: RowKey; version: string } & (
  | { kind: "trace"; task: string }
  | { kind: "memory_item"; title: string; description: string | null; content: string }
)

export type NewEmbedding = {
  kind: RowKind
  key: RowKey
  /** The version of the row its text was read at. Of another version, the row is left alone. */
  version: string
  /** Of unit length. */
  vector: Float32Array
}

/** Which rows, and where among them a page begins; rows are in one order, that of their keys. */
export type RowScope = {
  kind: RowKind
  /** Null for every workspace. */
  workspaceId: string | null
  /** The key the page before ended with; null for the first. */
  after: RowKey | null
}

/** Port: the database whose rows get vectors after they were written. Every call raises `target:*` errors. */
export type EmbeddingTarget = {
  /** One entry for each kind in each workspace; none where there is no such workspace. */
  count(scope: { model: string; workspaceId: string | null }): Promise<EmbeddingCounts[]>
  /** The next rows that are without a vector of their text; no more than a few MB, none at the end. */
  read(scope: RowScope & { limit: number }): Promise<RowToEmbed[]>
  /**
   * One transaction. A migrated row keeps beside the vector what its source had. Raises `target:row_refused` where a
   * workspace has vectors of other models only.
   */
  write(batch: { model: string; embeddings: NewEmbedding[] }): Promise<WriteResult>
  /** Takes the vectors of all models but one from the next rows that have such; gives their keys, none at the end. */
  clear(scope: RowScope & { otherThanModel: string; limit: number }): Promise<RowKey[]>
  /** Tells the database that much has changed, where it does not see to that itself. */
  finish(): Promise<void>
}
