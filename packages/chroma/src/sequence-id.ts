import type { SqliteValue } from "@reasoningbank/sqlite"

/**
 * A position in the log: an INTEGER since 1.0.0, a big-endian BLOB of 8 or 24 bytes before. Null when
 * it is neither, which no release writes.
 */
export function decodeSequenceId(value: SqliteValue | undefined): number | null {
  if (typeof value === "number" || typeof value === "bigint") return toPosition(BigInt(value))
  if (!(value instanceof Uint8Array) || (value.length !== 8 && value.length !== 24)) return null
  return toPosition(BigInt(`0x${Buffer.from(value).toString("hex")}`))
}

function toPosition(value: bigint): number | null {
  return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null
}
