import type { VectorLocation } from "./locate-vector.ts"

/** Row ids with the places of their vectors, 20 bytes a record. */
export type PackedLocations = {
  add(rowId: number, location: VectorLocation): void
  markDoubtful(n: number): void
  /** Brings the records into the order of their row ids. Raises nothing; false when two share one. */
  sort(): boolean
  readonly length: number
  rowId(n: number): number
  location(n: number): VectorLocation
}

const fromLog = -1
const isMissing = -2
const isDoubtful = -3

export function createPackedLocations(capacity: number): PackedLocations {
  let rowIds = new Float64Array(capacity)
  let positions = new Int32Array(capacity)
  let sequences = new Float64Array(capacity)
  let length = 0

  const grow = () => {
    const next = Math.max(1_024, 2 * rowIds.length)
    const copy = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    rowIds = copy(rowIds, new Float64Array(next))
    positions = copy(positions, new Int32Array(next))
    sequences = copy(sequences, new Float64Array(next))
  }

  return {
    get length() {
      return length
    },
    add(rowId, location) {
      if (length === rowIds.length) grow()
      rowIds[length] = rowId
      positions[length] = toPosition(location)
      sequences[length] = toSequence(location)
      length++
    },
    markDoubtful(n) {
      positions[n] = isDoubtful
    },
    sort() {
      const order = Uint32Array.from({ length }, (_, n) => n)
      order.sort((a, b) => (rowIds[a] ?? 0) - (rowIds[b] ?? 0))
      rowIds = Float64Array.from(order, (n) => rowIds[n] ?? 0)
      positions = Int32Array.from(order, (n) => positions[n] ?? isMissing)
      sequences = Float64Array.from(order, (n) => sequences[n] ?? 0)
      return rowIds.every((rowId, n) => n === 0 || rowId !== rowIds[n - 1])
    },
    rowId: (n) => rowIds[n] ?? 0,
    location(n) {
      const position = positions[n] ?? isMissing
      const sequence = sequences[n] ?? 0
      if (position >= 0) return { kind: "index", position, check: sequence }
      if (position === fromLog) return { kind: "log", sequence }
      return { kind: position === isMissing ? "missing" : "doubtful" }
    },
  }
}

function toPosition(location: VectorLocation): number {
  if (location.kind === "index") return location.position
  if (location.kind === "log") return fromLog
  return location.kind === "missing" ? isMissing : isDoubtful
}

function toSequence(location: VectorLocation): number {
  if (location.kind === "index") return location.check
  return location.kind === "log" ? location.sequence : 0
}
