import { endianness } from "node:os"
import { ReasoningBankError } from "@reasoningbank/core"
import { parseInstant } from "./parse-instant.ts"
import { writeUuid } from "./write-uuid.ts"

/**
 * Writes rows in the format of `copy … from stdin (format binary)`
 * (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4). Call `row`, then one method a
 * column in the order of the column list; null is SQL's null everywhere.
 */
export type CopyBinaryEncoder = {
  row(columnCount: number): void
  text(value: string | null): void
  uuid(value: string | null): void
  int4(value: number | null): void
  /** JSON text. */
  jsonb(value: string | null): void
  bytea(value: Uint8Array | null): void
  textArray(value: readonly string[] | null): void
  /** `YYYY-MM-DDTHH:MM:SS.ffffffZ`. */
  timestamptz(value: string | null): void
  /** pgvector's `vector`, bit for bit. */
  vector(value: Float32Array | null): void
  /** The whole stream with its trailer; the encoder starts again from an empty one. */
  finish(): Uint8Array
}

const header = Buffer.from("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0", "latin1")
const textTypeOid = 25
const jsonbVersion = 1
const maximumBytesPerUtf16Unit = 3
const hostIsLittleEndian = endianness() === "LE"

export function createCopyBinaryEncoder(settings: { initialBytes: number }): CopyBinaryEncoder {
  let buffer = Buffer.allocUnsafe(Math.max(settings.initialBytes, header.length))
  let end = header.copy(buffer)

  const reserve = (byteCount: number) => {
    if (end + byteCount <= buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + byteCount))
    buffer.copy(grown, 0, 0, end)
    buffer = grown
  }

  const writeInt32 = (value: number) => {
    end = buffer.writeInt32BE(value, end)
  }

  const writeNull = () => {
    reserve(4)
    writeInt32(-1)
  }

  const writeBytes = (bytes: Uint8Array) => {
    buffer.set(bytes, end)
    end += bytes.length
  }

  /** Space must be reserved. `prefixBytes` of the value are written already, right after its length. */
  const writeLengthAndUtf8 = (value: string, prefixBytes = 0) => {
    if (!value.isWellFormed()) throw unstorable(value)
    const start = end + 4 + prefixBytes
    const byteCount = buffer.write(value, start)
    buffer.writeInt32BE(prefixBytes + byteCount, end)
    end = start + byteCount
  }

  const utf8Bound = (value: string) => value.length * maximumBytesPerUtf16Unit

  return {
    row(columnCount) {
      reserve(2)
      end = buffer.writeInt16BE(columnCount, end)
    },
    text(value) {
      if (value === null) return writeNull()
      reserve(4 + utf8Bound(value))
      writeLengthAndUtf8(value)
    },
    uuid(value) {
      if (value === null) return writeNull()
      reserve(20)
      writeInt32(16)
      end = writeUuid({ text: value, buffer, offset: end })
    },
    int4(value) {
      if (value === null) return writeNull()
      reserve(8)
      writeInt32(4)
      writeInt32(value)
    },
    jsonb(value) {
      if (value === null) return writeNull()
      reserve(5 + utf8Bound(value))
      buffer[end + 4] = jsonbVersion
      writeLengthAndUtf8(value, 1)
    },
    bytea(value) {
      if (value === null) return writeNull()
      reserve(4 + value.length)
      writeInt32(value.length)
      writeBytes(value)
    },
    textArray(value) {
      if (value === null) return writeNull()
      reserve(24)
      const start = end
      end += 4
      const dimensions = value.length === 0 ? 0 : 1
      const hasNulls = 0
      writeInt32(dimensions)
      writeInt32(hasNulls)
      writeInt32(textTypeOid)
      if (dimensions === 1) {
        const lowerBound = 1
        writeInt32(value.length)
        writeInt32(lowerBound)
      }
      for (const element of value) {
        reserve(4 + utf8Bound(element))
        writeLengthAndUtf8(element)
      }
      buffer.writeInt32BE(end - start - 4, start)
    },
    timestamptz(value) {
      if (value === null) return writeNull()
      reserve(12)
      writeInt32(8)
      end = buffer.writeBigInt64BE(parseInstant(value), end)
    },
    vector(value) {
      if (value === null) return writeNull()
      const unused = 0
      reserve(8 + value.byteLength)
      writeInt32(4 + value.byteLength)
      end = buffer.writeInt16BE(value.length, end)
      end = buffer.writeInt16BE(unused, end)
      const start = end
      writeBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      if (hostIsLittleEndian) buffer.subarray(start, end).swap32()
    },
    finish() {
      const trailer = -1
      reserve(2)
      end = buffer.writeInt16BE(trailer, end)
      const stream = buffer.subarray(0, end)
      buffer = Buffer.allocUnsafe(buffer.length)
      end = header.copy(buffer)
      return stream
    },
  }
}

function unstorable(value: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:row_refused",
    message: `A text holds a lone surrogate, which Postgres can not store: ${JSON.stringify(value.slice(0, 80))}`,
    hint: "Make texts storable before they are written.",
  })
}
