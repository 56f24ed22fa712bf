import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs"
import { join } from "node:path"
import { toFloat32Vector } from "./float32-vector.ts"
import { hnswHeaderBytes, parseHnswHeader, UnusableIndexError } from "./hnsw-header.ts"

/** The vectors of a flushed index, by position in its file. */
export type HnswIndex = {
  dimension: number
  /** Elements that are whole in the file. */
  count: number
  /** Where the element with this label is; null when no, a deleted, or more than one element has it. */
  find(label: number): number | null
  /** The vector as it is stored: normalised where the space is cosine. */
  readStored(position: number): Float32Array
  /** Reads a page of vectors, normalised ones multiplied with their norm; null where that is missing. */
  read(positions: number[], options: { cosine: boolean }): (Float32Array | null)[]
  /** Norm of the element, meaningful in cosine indexes only; null when `length.bin` is too short. */
  norm(position: number): number | null
  close(): void
}

const scanBytes = 4 * 1_048_576
const widestReadBytes = 1_048_576
const ambiguous = -2
const absent = -1

/**
 * Opens the hnswlib files in a segment's folder. Element: links, vector, label; labels are in no
 * order, so all of them are read once.
 *
 * @throws {UnusableIndexError}
 */
export function openHnswIndex(folder: string): HnswIndex {
  const header = parseHnswHeader(readWhole(join(folder, "header.bin"), hnswHeaderBytes))
  const { stride, dataOffset, labelOffset, dimension } = header
  const vectorBytes = 4 * dimension
  const descriptor = openFile(join(folder, "data_level0.bin"))
  try {
    const count = Math.min(header.count, Math.floor(fstatSync(descriptor).size / stride))
    const positions = scanLabels({ descriptor, count, stride, labelOffset })
    const norms = readNorms({ file: join(folder, "length.bin"), count })

    const readBytes = (position: number, length: number): Buffer => {
      const bytes = Buffer.allocUnsafe(length)
      const bytesRead = readSync(descriptor, bytes, 0, length, position)
      if (bytesRead < length)
        throw new UnusableIndexError("data_level0.bin shrank while it was read")
      return bytes
    }

    return {
      dimension,
      count,
      find(label) {
        const position = positions(label)
        return position < 0 ? null : position
      },
      readStored: (position) =>
        toFloat32Vector(readBytes(position * stride + dataOffset, vectorBytes)),
      norm: (position) => norms[position] ?? null,
      read(wanted, { cosine }) {
        const vectors: (Float32Array | null)[] = wanted.map(() => null)
        const order = wanted.map((_, index) => index)
        order.sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
        for (let from = 0; from < order.length; ) {
          const first = wanted[order[from] ?? 0] ?? 0
          let to = from + 1
          while (
            to < order.length &&
            (wanted[order[to] ?? 0] ?? 0) - (wanted[order[to - 1] ?? 0] ?? 0) <= 4 &&
            ((wanted[order[to] ?? 0] ?? 0) - first + 1) * stride <= widestReadBytes
          ) {
            to++
          }
          const last = wanted[order[to - 1] ?? 0] ?? 0
          const block = readBytes(
            first * stride + dataOffset,
            (last - first) * stride + vectorBytes,
          )
          for (; from < to; from++) {
            const index = order[from] ?? 0
            const position = wanted[index] ?? 0
            const start = (position - first) * stride
            const vector = toFloat32Vector(block.subarray(start, start + vectorBytes))
            vectors[index] = cosine ? multiply(vector, norms[position]) : vector
          }
        }
        return vectors
      },
      close: () => closeSync(descriptor),
    }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/**
 * The server answers a normalised vector with `float32(x * norm)`. A vector of length 1 whose norm is
 * no length has a damaged norm; one of another length Chroma itself lost to overflow.
 */
function multiply(vector: Float32Array, norm: number | undefined): Float32Array | null {
  if (norm === undefined) return null
  const isLength = norm > 0 && Number.isFinite(norm)
  if (!isLength && Math.abs(Math.hypot(...vector) - 1) < 1e-3) return null
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * norm
  return vector
}

/** Byte 2 of an element, bit 0: deleted. Labels beyond what was ever assigned go into a map. */
function scanLabels({
  descriptor,
  count,
  stride,
  labelOffset,
}: {
  descriptor: number
  count: number
  stride: number
  labelOffset: number
}): (label: number) => number {
  const dense = new Int32Array(2 * count + 1).fill(absent)
  const sparse = new Map<number, number>()
  const lookUp = (label: number) =>
    label < dense.length ? (dense[label] ?? absent) : (sparse.get(label) ?? absent)
  const elementsPerRead = Math.max(1, Math.floor(scanBytes / stride))
  const chunk = Buffer.allocUnsafe(Math.min(elementsPerRead, Math.max(count, 1)) * stride)

  for (let first = 0; first < count; first += elementsPerRead) {
    const elements = Math.min(elementsPerRead, count - first)
    const bytesRead = readSync(descriptor, chunk, 0, elements * stride, first * stride)
    if (bytesRead < elements * stride) {
      throw new UnusableIndexError("data_level0.bin shrank while it was read")
    }
    for (let index = 0; index < elements; index++) {
      const start = index * stride
      const low = chunk.readUInt32LE(start + labelOffset)
      const high = chunk.readUInt32LE(start + labelOffset + 4)
      const label = high * 2 ** 32 + low
      const isDeleted = ((chunk[start + 2] ?? 0) & 1) === 1
      const position = isDeleted || lookUp(label) !== absent ? ambiguous : first + index
      if (label < dense.length) dense[label] = position
      else sparse.set(label, position)
    }
  }
  return lookUp
}

function readNorms({ file, count }: { file: string; count: number }): Float32Array {
  try {
    const whole = Math.min(count, Math.floor(statSync(file).size / 4))
    return toFloat32Vector(readWhole(file, 4 * whole))
  } catch {
    return new Float32Array()
  }
}

function readWhole(file: string, length: number): Buffer {
  const descriptor = openFile(file)
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, "r")
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UnusableIndexError(`a file of the index can not be opened: ${reason}`)
  }
}
