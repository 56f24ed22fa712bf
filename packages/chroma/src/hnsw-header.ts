/** What `header.bin` says about the elements in `data_level0.bin`. */
export type HnswHeader = {
  /** Elements, deleted ones included. */
  count: number
  /** Bytes per element. */
  stride: number
  /** Where the vector begins in an element. */
  dataOffset: number
  /** Where the label begins in an element. */
  labelOffset: number
  /** Floats per vector. */
  dimension: number
}

export const hnswHeaderBytes = 100

/** Why the files of an index can not be used; its collection may still have vectors in the log. */
export class UnusableIndexError extends Error {
  override readonly name = "UnusableIndexError"
}

/**
 * Reads the header that Chroma's hnswlib writes (persistence version 1, little-endian, packed, 100
 * bytes; `saveIndex` in chroma-core/hnswlib) and checks each field against the others.
 *
 * @throws {UnusableIndexError}
 */
export function parseHnswHeader(bytes: Uint8Array): HnswHeader {
  if (bytes.length < hnswHeaderBytes) {
    throw new UnusableIndexError(
      `header.bin has ${bytes.length} bytes instead of ${hnswHeaderBytes}`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const unsigned = (offset: number) => {
    const value = view.getBigUint64(offset, true)
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Number.NaN
  }
  const version = view.getInt32(0, true)
  if (version !== 1) throw new UnusableIndexError(`header.bin has version ${version} instead of 1`)

  const capacity = unsigned(12)
  const count = unsigned(20)
  const stride = unsigned(28)
  const labelOffset = unsigned(36)
  const dataOffset = unsigned(44)
  const mostLinks = unsigned(68)
  const dimension = (labelOffset - dataOffset) / 4
  const consistent =
    unsigned(4) === 0 &&
    count <= capacity &&
    stride === labelOffset + 8 &&
    dataOffset === 4 * mostLinks + 4 &&
    Number.isSafeInteger(dimension) &&
    dimension > 0
  if (!consistent) {
    throw new UnusableIndexError(
      `header.bin contradicts itself (capacity ${capacity}, count ${count}, ${stride} bytes per element, label at ${labelOffset}, vector at ${dataOffset}, ${mostLinks} links)`,
    )
  }
  return { count, stride, dataOffset, labelOffset, dimension }
}
