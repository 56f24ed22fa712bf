import { readSync } from "node:fs"
import { UnusableIndexError } from "./hnsw-header.ts"

/** A file read forward; every length is held against what is left of it before anything is taken. */
export type PickleInput = {
  byte(): number
  /** Little-endian, at most 6 bytes. */
  unsigned(length: number): number
  /** Little-endian, any length. */
  long(length: number): bigint
  text(length: number): string
  /** ASCII up to the next newline, at most 256 bytes. */
  line(): string
  /** Fails when fewer bytes are left. */
  expect(length: number): void
}

const chunkBytes = 1_048_576
const longestLine = 256

export function createPickleInput({
  descriptor,
  size,
}: {
  descriptor: number
  /** Of the file, in bytes. */
  size: number
}): PickleInput {
  let chunk = Buffer.alloc(Math.min(chunkBytes, size))
  let filled = 0
  let at = 0
  let consumed = 0

  const expect = (length: number) => {
    if (!(length <= size - consumed)) {
      throw new UnusableIndexError(`index_metadata.pickle is cut short (${size} bytes)`)
    }
  }

  /** Makes the next `length` bytes lie in the chunk. */
  const need = (length: number) => {
    expect(length)
    if (filled - at >= length) return
    const rest = chunk.subarray(at, filled)
    const grown = length > chunk.length ? Buffer.alloc(length) : chunk
    grown.set(rest)
    filled = rest.length
    chunk = grown
    at = 0
    while (filled < length) {
      const bytesRead = readSync(
        descriptor,
        chunk,
        filled,
        chunk.length - filled,
        consumed + filled,
      )
      if (bytesRead === 0)
        throw new UnusableIndexError("index_metadata.pickle shrank while it was read")
      filled += bytesRead
    }
  }

  const take = (length: number): Buffer => {
    need(length)
    const bytes = chunk.subarray(at, at + length)
    at += length
    consumed += length
    return bytes
  }

  return {
    byte: () => take(1)[0] ?? 0,
    unsigned: (length) => take(length).readUIntLE(0, length),
    long(length) {
      let value = 0n
      const bytes = take(length)
      for (let index = length - 1; index >= 0; index--)
        value = (value << 8n) | BigInt(bytes[index] ?? 0)
      return value
    },
    text: (length) => take(length).toString("utf8"),
    line() {
      let text = ""
      for (;;) {
        const character = String.fromCharCode(take(1)[0] ?? 0)
        if (character === "\n") return text
        text += character
        if (text.length > longestLine)
          throw new UnusableIndexError("the pickle has an endless line")
      }
    },
    expect,
  }
}
