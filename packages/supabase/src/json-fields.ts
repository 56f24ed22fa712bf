import { endianness } from "node:os"
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ReasoningBankError,
} from "@reasoningbank/core"

/** Typed access to an object in an answer of the database; raises `target:schema_version` where it is not as expected. */
export type JsonFields = {
  text(name: string): string
  oneOf<Word extends string>(name: string, allowed: readonly Word[]): Word
  textOrNull(name: string): string | null
  integer(name: string): number
  textsOrNull(name: string): string[] | null
  object(name: string): JsonObject
  value(name: string): JsonValue
  list(name: string): JsonValue[]
  /** From lower-case hexadecimal. */
  bytesOrNull(name: string): Uint8Array | null
  /** From the hexadecimal of little-endian float32. */
  float32OrNull(name: string): Float32Array | null
}

export function jsonFields(row: JsonValue): JsonFields {
  if (!isJsonObject(row)) throw unexpected({ name: "answer", expected: "an object" })

  const value = (name: string): JsonValue => {
    const found = row[name]
    if (found === undefined) throw unexpected({ name, expected: "a value" })
    return found
  }
  const textOrNull = (name: string): string | null => {
    const found = value(name)
    if (found !== null && typeof found !== "string") throw unexpected({ name, expected: "a text" })
    return found
  }
  const text = (name: string): string => {
    const found = textOrNull(name)
    if (found === null) throw unexpected({ name, expected: "a text" })
    return found
  }
  const bytesOrNull = (name: string): Uint8Array | null => {
    const hexadecimal = textOrNull(name)
    return hexadecimal === null ? null : new Uint8Array(Buffer.from(hexadecimal, "hex"))
  }

  return {
    text,
    textOrNull,
    oneOf: (name, allowed) => {
      const found = text(name)
      const word = allowed.find((candidate) => candidate === found)
      if (word === undefined) throw unexpected({ name, expected: allowed.join(" or ") })
      return word
    },
    value,
    bytesOrNull,
    integer: (name) => {
      const found = value(name)
      if (typeof found !== "bigint") throw unexpected({ name, expected: "an integer" })
      return Number(found)
    },
    textsOrNull: (name) => {
      const found = value(name)
      if (found === null) return null
      const texts = Array.isArray(found) ? found.filter((item) => typeof item === "string") : []
      if (!Array.isArray(found) || texts.length < found.length) {
        throw unexpected({ name, expected: "a list of texts" })
      }
      return texts
    },
    object: (name) => {
      const found = value(name)
      if (!isJsonObject(found)) throw unexpected({ name, expected: "an object" })
      return found
    },
    list: (name) => {
      const found = value(name)
      if (!Array.isArray(found)) throw unexpected({ name, expected: "a list" })
      return found
    },
    float32OrNull: (name) => {
      const bytes = bytesOrNull(name)
      if (bytes === null) return null
      if (endianness() === "BE") Buffer.from(bytes.buffer).swap32()
      return new Float32Array(bytes.buffer)
    },
  }
}

function unexpected({ name, expected }: { name: string; expected: string }): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:schema_version",
    message: `The database answered with a field "${name}" that is not ${expected}.`,
    hint: "Its schema is of another version than this program: apply the migrations that are missing.",
  })
}
