import { closeSync, fstatSync, openSync } from "node:fs"
import { UnusableIndexError } from "./hnsw-header.ts"
import { createPickleInput } from "./pickle-input.ts"
import { type PickleDictionary, type PickleValue, runPickle } from "./pickle-machine.ts"

/** What an index knows about its records. */
export type IndexMetadata = {
  /** Labels by record id. An id whose label can not be trusted has the label {@link doubtfulLabel}. */
  labels: Map<string, number>
  /** Position in the log up to which the index is written; null where the database keeps it. */
  flushPoint: number | null
}

/** Stands for a label that the inverse map does not give back to the same id. */
export const doubtfulLabel = -1

/**
 * Reads `index_metadata.pickle`. The file holds the map from ids to labels and its inverse, so a
 * damaged byte in either shows: a pair counts only when both maps have it.
 *
 * @throws {UnusableIndexError}
 */
export function readIndexMetadata(file: string): IndexMetadata {
  const labels = new Map<string, number>()
  const owners = new Map<number, string>()
  const seen = new Set<string>()
  let flushPoint: number | null = null

  const idToLabel: PickleDictionary = {
    kind: "dictionary",
    set(id, value) {
      if (typeof id !== "string")
        throw new UnusableIndexError("the pickle has an id that is no text")
      labels.set(id, labels.has(id) ? doubtfulLabel : (toPosition(value) ?? doubtfulLabel))
    },
  }
  const labelToId: PickleDictionary = {
    kind: "dictionary",
    set(key, id) {
      const label = toPosition(key)
      if (label !== null && typeof id === "string" && labels.get(id) === label)
        owners.set(label, id)
    },
  }
  const root: PickleDictionary = {
    kind: "dictionary",
    set(key, value) {
      if (key === "max_seq_id") flushPoint = toPosition(value)
    },
  }
  const ignored: PickleDictionary = { kind: "dictionary", set() {} }
  const known: Record<string, PickleDictionary> = { id_to_label: idToLabel, label_to_id: labelToId }

  const descriptor = openSync(file, "r")
  try {
    const input = createPickleInput({ descriptor, size: fstatSync(descriptor).size })
    runPickle({
      input,
      dictionaryFor(name) {
        if (name === undefined) return root
        seen.add(name)
        return known[name] ?? ignored
      },
    })
  } finally {
    closeSync(descriptor)
  }

  for (const name of Object.keys(known)) {
    if (!seen.has(name)) throw new UnusableIndexError(`index_metadata.pickle has no map ${name}`)
  }
  for (const [id, label] of labels) {
    if (owners.get(label) !== id) labels.set(id, doubtfulLabel)
  }
  return { labels, flushPoint }
}

function toPosition(value: PickleValue): number | null {
  const number = typeof value === "bigint" ? Number(value) : value
  return typeof number === "number" && number >= 0 && Number.isSafeInteger(number) ? number : null
}
