import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from "@reasoningbank/core"
import { fromExactJson, toExactJson } from "@reasoningbank/core/storage-driver"

/** Where extras go whose name is taken. */
const nestedExtras = "extras"

/** Fields as the current dialect writes them, with the extras beside them. */
export function stringifyFields({
  fields,
  extras,
}: {
  fields: { [key: string]: JsonValue | undefined }
  extras: JsonObject
}): string {
  const members = Object.entries(fields).filter(
    (member): member is [string, JsonValue] => member[1] !== undefined,
  )
  const taken = new Set([...Object.keys(fields), nestedExtras])
  const nested = Object.entries(extras).filter(([key]) => taken.has(key))
  const beside = Object.entries(extras).filter(([key]) => !taken.has(key))
  if (nested.length > 0) beside.push([nestedExtras, Object.fromEntries(nested)])
  return stringifyJson(toExactJson(Object.fromEntries([...members, ...beside])))
}

/** The extras among fields that were read: all that is left, and what was put aside. */
export function readExtras(rest: JsonObject): JsonObject {
  const { [nestedExtras]: nested, ...beside } = rest
  if (nested === undefined) return plainObject(beside)
  if (!isJsonObject(nested)) return plainObject(rest)
  return plainObject({ ...beside, ...nested })
}

/** Integers as numbers where that loses no digit. */
export function plainObject(value: JsonObject): JsonObject {
  const plain = fromExactJson(value)
  return isJsonObject(plain) ? plain : {}
}
