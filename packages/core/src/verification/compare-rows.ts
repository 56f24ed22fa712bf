import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

type Row = ReasoningTrace | MemoryItem

/**
 * Names of the fields in which a row of the target differs from that of the source, by walking both. It shares no line
 * with what a migration decides by (digests of a canonical text), so an error in that can not hide here.
 */
export function differencesOfRows(source: Row, target: Row): string[] {
  const { embedding: left, links: leftLinks, ...leftFields } = source
  const { embedding: right, links: rightLinks, ...rightFields } = target
  const names = new Set([...Object.keys(leftFields), ...Object.keys(rightFields)])
  const found = [...names].filter(
    (name) => !isSame(Reflect.get(leftFields, name), Reflect.get(rightFields, name)),
  )
  if (!isSameList(sortedLinks(leftLinks), sortedLinks(rightLinks))) found.push("links")
  if (left.status !== right.status) found.push("embeddingStatus")
  if (left.model !== right.model) found.push("embeddingModel")
  if (!isSameVector(left.vector, right.vector)) found.push("embedding")
  if (!isSameVector(left.sourceVector, right.sourceVector)) found.push("sourceEmbedding")
  return found
}

/** The order of links is told by their ordinal, not by where they stand. */
function sortedLinks(links: Row["links"]): string[] {
  return links
    .map(({ relation, ordinal, targetKind, targetId, sourceReference }) =>
      JSON.stringify([relation, ordinal, targetKind, targetId, sourceReference]),
    )
    .sort()
}

function isSameList(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}

function isSameVector(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === null || b === null) return a === b
  if (a.length !== b.length) return false
  const left = new Uint32Array(a.buffer, a.byteOffset, a.length)
  const right = new Uint32Array(b.buffer, b.byteOffset, b.length)
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return false
  }
  return true
}

type Value = JsonValue | undefined

/** As Postgres compares JSON: objects by their members whatever the order, numbers by their value. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true
  if (isNumber(a) && isNumber(b)) return isSameNumber(a, b)
  if (isNotFinite(a) || isNotFinite(b)) return String(a) === String(b)
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => isSame(value, b[index]))
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = membersOf(a)
  return (
    keys.length === membersOf(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  )
}

function membersOf(value: JsonObject): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined)
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint"
}

/** Such numbers are stored as text. */
function isNotFinite(value: Value): boolean {
  return typeof value === "number" && !Number.isFinite(value)
}

function isSameNumber(a: number | bigint, b: number | bigint): boolean {
  if (typeof a === typeof b) return String(a) === String(b) || (a === 0 && b === 0)
  const [whole, float] = typeof a === "bigint" ? [a, Number(b)] : [BigInt(b), a]
  return Number.isInteger(float) && decimalOf(float) === whole
}

/** The decimal a float is written as, which is what is stored: 1e23 is 10^23 and not the nearest binary number. */
function decimalOf(float: number): bigint {
  const [, sign = "", whole = "0", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e\+?(\d+))?$/.exec(String(float)) ?? []
  const digits = `${whole}${fraction}${"0".repeat(Math.max(0, Number(exponent) - fraction.length))}`
  return BigInt(`${sign}${digits}`)
}
