import type { ForeignDialect, SourceRecord, WarningCounter } from "@reasoningbank/core"

/** What a reader of one file is opened with. */
export type BankFileSettings = {
  path: string
  dialect: ForeignDialect
  /** Something was accepted; `example` is a record. */
  onWarning: WarningCounter["count"]
}

/** One list of records within a bank: a file, or a table of one. */
export type BankList = {
  name: string
  recordCount: number
  /** Always the same records in the same order. */
  records(options: { embeddings: boolean; pageSize: number }): AsyncIterable<SourceRecord>
}

export type BankFile = {
  kind: "json-files" | "sqlite-file"
  lists: BankList[]
  /** Files whose content is read, companions with vectors included. */
  paths: string[]
  close(): Promise<void>
}
