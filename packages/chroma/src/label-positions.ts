import { readSync } from "node:fs"
import { type HnswHeader, UnusableIndexError } from "./hnsw-header.ts"

const scanBytes = 4 * 1_048_576
const ambiguous = -2
const absent = -1

/**
 * Reads the labels of all elements once; they are in no order. Byte 2 of an element, bit 0: deleted.
 *
 * @returns where the element with a label is; null when no, a deleted, or more than one element has it
 */
export function readLabelPositions({
  descriptor,
  header: { stride, labelOffset },
  count,
}: {
  descriptor: number
  header: HnswHeader
  /** Elements that are whole in the file. */
  count: number
}): (label: number) => number | null {
  // Labels are given out one by one; any beyond twice the count would be a stranger's work.
  const dense = new Int32Array(2 * count + 1).fill(absent)
  const sparse = new Map<number, number>()
  const lookUp = (label: number) =>
    label < dense.length ? (dense[label] ?? absent) : (sparse.get(label) ?? absent)
  const elementsPerRead = Math.max(1, Math.floor(scanBytes / stride))
  const chunk = Buffer.allocUnsafe(Math.min(elementsPerRead, count) * stride)

  for (let first = 0; first < count; first += elementsPerRead) {
    const elements = Math.min(elementsPerRead, count - first)
    const bytesRead = readSync(descriptor, chunk, 0, elements * stride, first * stride)
    if (bytesRead < elements * stride) {
      throw new UnusableIndexError("data_level0.bin shrank while it was read")
    }
    for (let index = 0; index < elements; index++) {
      const start = index * stride
      const high = chunk.readUInt32LE(start + labelOffset + 4)
      const label = high * 2 ** 32 + chunk.readUInt32LE(start + labelOffset)
      const isDeleted = ((chunk[start + 2] ?? 0) & 1) === 1
      const position = isDeleted || lookUp(label) !== absent ? ambiguous : first + index
      if (label < dense.length) dense[label] = position
      else sparse.set(label, position)
    }
  }
  return (label) => {
    const position = lookUp(label)
    return position < 0 ? null : position
  }
}
