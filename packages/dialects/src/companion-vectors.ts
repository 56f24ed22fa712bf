import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { isJsonObject, type JsonObject, type JsonValue, objectOrNull } from "@reasoningbank/core"
import type { BankFileSettings } from "./bank-file.ts"
import { readJsonLines } from "./json-lines.ts"

export type Vectors = Map<string, Float32Array>

type OnWarning = BankFileSettings["onWarning"]

/** The first of the files that is there; null when none is. */
export function firstExisting(paths: string[]): string | null {
  return paths.find((path) => existsSync(path)) ?? null
}

/**
 * Vectors of a file with lines `{ id, embedding }`. Of several with one id the first counts: Google's program appends one a
 * query.
 */
export async function readVectorLines({
  path,
  onWarning,
}: {
  path: string
  onWarning: OnWarning
}): Promise<Vectors> {
  const vectors: Vectors = new Map()
  for await (const { number, value } of readJsonLines(path)) {
    const id = idOf(value?.id)
    const vector = toVector(value?.embedding)
    if (id === null || vector === null) warn({ path, example: id ?? `line ${number}`, onWarning })
    else if (!vectors.has(id)) vectors.set(id, vector)
  }
  return vectors
}

/** Vectors of a JSON object whose members are vectors, or objects with a `vector`. */
export async function readVectorObject({
  path,
  onWarning,
}: {
  path: string
  onWarning: OnWarning
}): Promise<Vectors> {
  const whole = objectOrNull(await readFile(path, "utf8"))
  if (whole === null) {
    const message = `${path} is no JSON object, so its vectors are missing.`
    onWarning({ code: "index_unreadable", message, example: path })
    return new Map()
  }
  const members = isJsonObject(whole.embeddings) ? whole.embeddings : whole
  return vectorsOf({ members, path, onWarning })
}

function vectorsOf({
  members,
  path,
  onWarning,
}: {
  members: JsonObject
  path: string
  onWarning: OnWarning
}): Vectors {
  const vectors: Vectors = new Map()
  for (const [id, member] of Object.entries(members)) {
    const vector = toVector(isJsonObject(member) ? member.vector : member)
    if (vector === null) warn({ path, example: id, onWarning })
    else vectors.set(id, vector)
  }
  return vectors
}

function toVector(value: JsonValue | undefined): Float32Array | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const isNumber = (item: JsonValue) => typeof item === "number" || typeof item === "bigint"
  return value.every(isNumber) ? Float32Array.from(value, Number) : null
}

function idOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" || typeof value === "bigint" ? String(value) : null
}

function warn({
  path,
  example,
  onWarning,
}: {
  path: string
  example: string
  onWarning: OnWarning
}) {
  const message = `Vectors of ${path} are no lists of numbers.`
  onWarning({ code: "vector_unreadable", message, example })
}
