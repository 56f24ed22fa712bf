import { endianness } from "node:os"

const isLittleEndian = endianness() === "LE"

/** Copies little-endian float32 bytes into a vector of its own. */
export function toFloat32Vector(bytes: Uint8Array): Float32Array {
  const vector = new Float32Array(bytes.length / 4)
  if (isLittleEndian) {
    new Uint8Array(vector.buffer).set(bytes)
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let index = 0; index < vector.length; index++)
      vector[index] = view.getFloat32(4 * index, true)
  }
  return vector
}

/** The little-endian bytes of a vector, 4 a float. */
export function toFloat32Bytes(vector: Float32Array): Uint8Array {
  if (isLittleEndian) return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
  const bytes = new Uint8Array(4 * vector.length)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of vector.entries()) view.setFloat32(4 * index, value, true)
  return bytes
}
