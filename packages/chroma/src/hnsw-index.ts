import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs"
import { join } from "node:path"
import { toFloat32Vector } from "./float32-vector.ts"
import { hnswHeaderBytes, parseHnswHeader, UnusableIndexError } from "./hnsw-header.ts"
import { readLabelPositions } from "./label-positions.ts"
import { toPositionRuns } from "./position-runs.ts"

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
  close(): void
}

const widestReadBytes = 1_048_576

/**
 * Opens the hnswlib files in a segment's folder. Element of `data_level0.bin`: links, vector, label.
 *
 * @throws {UnusableIndexError}
 */
export function openHnswIndex(folder: string): HnswIndex {
  const header = parseHnswHeader(
    readWhole({ file: join(folder, "header.bin"), length: hnswHeaderBytes }),
  )
  const { stride, dataOffset, dimension } = header
  const vectorBytes = 4 * dimension
  const longest = Math.max(1, Math.floor(widestReadBytes / stride))
  let scratch = Buffer.alloc(0)
  const descriptor = openFile(join(folder, "data_level0.bin"))

  /** The bytes from one vector to the end of another; valid until the next call. */
  const readRun = ({ first, last }: { first: number; last: number }): Buffer => {
    const length = (last - first) * stride + vectorBytes
    const bytesRead = readSync(descriptor, scratch, 0, length, first * stride + dataOffset)
    if (bytesRead === length) return scratch
    throw new UnusableIndexError("data_level0.bin shrank while it was read")
  }

  try {
    const count = Math.min(header.count, Math.floor(fstatSync(descriptor).size / stride))
    // Not before the file has shown that it has elements of this size.
    if (count > 0) scratch = Buffer.allocUnsafeSlow(longest * stride)
    const find = readLabelPositions({ descriptor, header, count })
    const norms = readNorms({ file: join(folder, "length.bin"), count })
    return {
      dimension,
      count,
      find,
      readStored: (position) =>
        toFloat32Vector(readRun({ first: position, last: position }).subarray(0, vectorBytes)),
      read(positions, { cosine }) {
        const vectors: (Float32Array | null)[] = positions.map(() => null)
        for (const run of toPositionRuns({ positions, longest })) {
          const bytes = readRun(run)
          for (const member of run.members) {
            const position = positions[member] ?? run.first
            const start = (position - run.first) * stride
            const vector = toFloat32Vector(bytes.subarray(start, start + vectorBytes))
            vectors[member] = cosine ? multiply({ vector, norm: norms[position] }) : vector
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
function multiply({
  vector,
  norm,
}: {
  vector: Float32Array
  norm: number | undefined
}): Float32Array | null {
  if (norm === undefined) return null
  const isLength = norm > 0 && Number.isFinite(norm)
  if (!isLength && Math.abs(Math.hypot(...vector) - 1) < 1e-3) return null
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * norm
  return vector
}

/** Norms of the elements, meaningful in cosine indexes only; as many as `length.bin` has. */
function readNorms({ file, count }: { file: string; count: number }): Float32Array {
  try {
    const whole = Math.min(count, Math.floor(statSync(file).size / 4))
    return toFloat32Vector(readWhole({ file, length: 4 * whole }))
  } catch {
    return new Float32Array()
  }
}

function readWhole({ file, length }: { file: string; length: number }): Buffer {
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
