import { endianness } from "node:os"

/** The little-endian bytes of a vector, 4 a float; empty for none. A view where the machine allows. */
export function float32Bytes(vector: Float32Array | null): Uint8Array {
  if (vector === null) return new Uint8Array()
  if (endianness() === "LE") {
    return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
  }
  const bytes = new Uint8Array(vector.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true)
  return bytes
}
