import { basename, dirname, join } from "node:path"
import {
  isJsonObject,
  type JsonValue,
  openTracesFile,
  type SourceRecord,
} from "@reasoningbank/core"
import type { BankFile, BankFileSettings } from "./bank-file.ts"
import { firstExisting, readVectorObject, type Vectors } from "./companion-vectors.ts"

/**
 * A file with a JSON array of records: budprat's, whose vectors lie beside it by their text, or reasoning-bank-slm's,
 * whose vectors lie in the records. A file that was cut is read up to its last whole record.
 */
export async function openJsonArrayBank({
  path,
  dialect,
  onWarning,
}: BankFileSettings): Promise<BankFile> {
  const name = basename(path)
  const file = await openTracesFile(path)
  const companion =
    dialect === "budprat" ? firstExisting([join(dirname(path), "embeddings.json")]) : null
  let vectors: Vectors | null = null
  const leftovers = [file.truncatedTail, file.textAfterArray].filter((left) => left !== null)

  async function* records({ embeddings }: { embeddings: boolean }): AsyncGenerator<SourceRecord> {
    if (embeddings && companion !== null) {
      vectors ??= await readVectorObject({ path: companion, onWarning })
    }
    for (const entry of file.entries) {
      const { value, text } = await file.read(entry)
      const id = entry.id ?? `${name}[${entry.index}]`
      const record = withVectors({ value, vectors })
      const document = record.metadata === null ? text : null
      yield { id, document, ...record, dialect }
    }
    for (const { offset, text } of leftovers) {
      const id = `${name} at byte ${offset}`
      yield { id, document: text, metadata: null, embedding: null, dialect }
    }
  }

  return {
    kind: "json-files",
    lists: [{ name, recordCount: file.entries.length + leftovers.length, records }],
    paths: companion === null ? [path] : [path, companion],
    close: () => file.close(),
  }
}

/** The vector of the task is the record's, those of its items become a member of each. */
function withVectors({
  value: metadata,
  vectors,
}: {
  value: JsonValue
  vectors: Vectors | null
}): Pick<SourceRecord, "metadata" | "embedding"> {
  if (!isJsonObject(metadata)) return { metadata: null, embedding: null }
  if (vectors === null) return { metadata, embedding: null }
  const { task_query: task, memory_items: items } = metadata
  const vectorOf = (text: JsonValue | undefined) =>
    (typeof text === "string" && vectors.get(text)) || null
  if (!Array.isArray(items)) return { metadata, embedding: vectorOf(task) }
  const withItems = items.map((item) => {
    if (!isJsonObject(item)) return item
    const vector = vectorOf(`${item.title}\n${item.description}\n${item.content}`)
    return vector === null ? item : { ...item, embedding: [...vector] }
  })
  return { metadata: { ...metadata, memory_items: withItems }, embedding: vectorOf(task) }
}
