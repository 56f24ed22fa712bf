import { realpath } from "node:fs/promises"
import {
  createWarningCounter,
  type ForeignDialect,
  type MemorySource,
  type SourceCollection,
  type SourceRecord,
} from "@reasoningbank/core"
import type { BankFile, BankFileSettings, BankList } from "./bank-file.ts"
import type { DetectedSource } from "./detect-source.ts"
import { filesChanged, stampFiles } from "./file-stamps.ts"
import { openHanw39Bank } from "./open-hanw39-bank.ts"
import { openJsonArrayBank } from "./open-json-array-bank.ts"
import { openJsonLinesBank } from "./open-json-lines-bank.ts"
import { openSqliteBank } from "./open-sqlite-bank.ts"

const defaultPageSize = 250

const openers = {
  "json-lines": openJsonLinesBank,
  "json-array": openJsonArrayBank,
  "json-object": openHanw39Bank,
  sqlite: openSqliteBank,
} as const

/**
 * Opens the files of another program as a source. Raises `source:*` for a file that can not be read. A collection's id is
 * its dialect and path, so that it stays the same source while it grows.
 */
export async function openDialectSource({
  path,
  dialect,
  files,
}: DetectedSource & { dialect: ForeignDialect }): Promise<MemorySource> {
  const warnings = createWarningCounter()
  const opened: { file: BankFile; path: string }[] = []
  const close = async () => {
    for (const { file } of opened) await file.close()
  }
  try {
    for (const { path: filePath, container } of files) {
      const settings: BankFileSettings = { path: filePath, dialect, onWarning: warnings.count }
      opened.push({ file: await openers[container](settings), path: await realpath(filePath) })
    }
  } catch (error) {
    await close()
    throw error
  }
  const paths = opened.flatMap(({ file }) => file.paths)
  const stamp = await stampFiles(paths)
  const lists = new Map<string, BankList>()
  for (const { file, path: filePath } of opened) {
    for (const list of file.lists) lists.set(`${dialect} ${filePath} ${list.name}`, list)
  }
  const collections = [...lists].map(
    ([id, { name, recordCount }]): SourceCollection => ({
      ...{ tenant: "files", database: dialect, dimension: null, space: "cosine" },
      ...{ id, name, recordCount },
    }),
  )
  return {
    describe: () => ({
      kind: opened[0]?.file.kind ?? "json-files",
      location: path,
      version: dialect,
    }),
    collections: async () => collections,
    async *records({ id }, { embeddings, pageSize = defaultPageSize, signal }) {
      const records = lists.get(id)?.records({ embeddings, pageSize }) ?? []
      yield* pagesOf({ records, pageSize, signal })
    },
    async assertUnchanged() {
      if ((await stampFiles(paths)) !== stamp) throw filesChanged(path)
    },
    warnings: warnings.warnings,
    close,
  }
}

async function* pagesOf({
  records,
  pageSize,
  signal,
}: {
  records: AsyncIterable<SourceRecord> | Iterable<SourceRecord>
  pageSize: number
  signal: AbortSignal | undefined
}): AsyncGenerator<SourceRecord[]> {
  let page: SourceRecord[] = []
  for await (const record of records) {
    signal?.throwIfAborted()
    page.push(record)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
