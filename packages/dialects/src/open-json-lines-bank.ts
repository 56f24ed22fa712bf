import { basename, dirname, join } from "node:path"
import type { JsonObject, SourceRecord } from "@reasoningbank/core"
import type { BankFile, BankFileSettings } from "./bank-file.ts"
import { firstExisting, readVectorLines, type Vectors } from "./companion-vectors.ts"
import { type JsonLine, readJsonLines } from "./json-lines.ts"

/** A file with a record a line: Google's, Gzmomo001's, or a pack of LA3D. */
export async function openJsonLinesBank({
  path,
  dialect,
  onWarning,
}: BankFileSettings): Promise<BankFile> {
  const name = basename(path)
  const stem = name.replace(/\.[^.]*$/, "")
  const beside = (file: string) => join(dirname(path), file)
  const companion = firstExisting([beside(`${stem}_embeddings.jsonl`), beside("embeddings.jsonl")])
  let vectors: Vectors | null = null
  let recordCount = 0
  for await (const _ of readJsonLines(path)) recordCount++

  async function* records({ embeddings }: { embeddings: boolean }): AsyncGenerator<SourceRecord> {
    if (embeddings && companion !== null) {
      vectors ??= await readVectorLines({ path: companion, onWarning })
    }
    for await (const line of readJsonLines(path)) {
      const { id, document, metadata } = recordOf({ line, name })
      const embedding = (embeddings && vectors?.get(id)) || null
      yield { id, document, metadata, embedding, dialect }
    }
  }

  const paths = companion === null ? [path] : [path, companion]
  return {
    kind: "json-files",
    lists: [{ name, recordCount, records }],
    paths,
    close: async () => {},
  }
}

function recordOf({ line: { number, text, value }, name }: { line: JsonLine; name: string }) {
  const place = `${name} line ${number}`
  if (value === null) return { id: place, document: text, metadata: null }
  return { id: statedId(value) ?? place, document: null, metadata: value }
}

function statedId({ id, task_id, memory_id }: JsonObject): string | null {
  const stated = id ?? task_id ?? memory_id
  return typeof stated === "string" || typeof stated === "bigint" ? String(stated) : null
}
