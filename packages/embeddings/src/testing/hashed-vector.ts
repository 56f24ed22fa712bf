import { createHash } from "node:crypto"

/** A vector that depends on the text alone, not of unit length. */
export function hashedVector({ text, dimension }: { text: string; dimension: number }): number[] {
  const bytes = createHash("shake256", { outputLength: dimension }).update(text, "utf16le").digest()
  return Array.from(bytes, (byte) => byte - 127.5)
}
