import { readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import {
  isJsonObject,
  type JsonValue,
  objectOrNull,
  ReasoningBankError,
  type SourceRecord,
} from "@reasoningbank/core"
import type { BankFile, BankFileSettings } from "./bank-file.ts"
import { firstExisting, readVectorObject, type Vectors } from "./companion-vectors.ts"

/** A file of ReasoningBank-MCP: an object with a list of memories; their vectors lie in `embeddings.json`. */
export async function openHanw39Bank({
  path,
  dialect,
  onWarning,
}: BankFileSettings): Promise<BankFile> {
  const name = basename(path)
  const { memories } = objectOrNull(await readFile(path, "utf8")) ?? {}
  if (!Array.isArray(memories)) throw notABank(path)
  const list: JsonValue[] = memories
  const companion = firstExisting([join(dirname(path), "embeddings.json")])
  let vectors: Vectors | null = null

  async function* records({ embeddings }: { embeddings: boolean }): AsyncGenerator<SourceRecord> {
    if (embeddings && companion !== null) {
      vectors ??= await readVectorObject({ path: companion, onWarning })
    }
    for (const [index, memory] of list.entries()) {
      yield { ...recordOf({ memory, place: `${name}[${index}]`, vectors, embeddings }), dialect }
    }
  }

  return {
    kind: "json-files",
    lists: [{ name, recordCount: list.length, records }],
    paths: companion === null ? [path] : [path, companion],
    close: async () => {},
  }
}

function recordOf({
  memory,
  place,
  vectors,
  embeddings,
}: {
  memory: JsonValue
  place: string
  vectors: Vectors | null
  embeddings: boolean
}): SourceRecord {
  if (!isJsonObject(memory)) {
    return { id: place, document: null, metadata: { memory }, embedding: null }
  }
  const id = typeof memory.memory_id === "string" ? memory.memory_id : place
  const embedding = (embeddings && vectors?.get(id)) || null
  return { id, document: null, metadata: memory, embedding }
}

function notABank(path: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:not_reasoning_bank",
    message: `${path} should be a JSON object with a list of memories, and is not, or is cut off.`,
    hint: "Restore it from a backup, or repair its end, and run again.",
  })
}
