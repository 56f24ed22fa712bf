import type { CollectionSnapshot, DirectorySnapshot, RecordSnapshot } from "./read-snapshot.ts"

/** How a damaged directory was read, against the same directory before. */
export type Comparison = {
  /** What must never happen: records gone, made up, or with something that is not theirs. */
  faults: string[]
  /** Values that differ: as many as were damaged at most. */
  changes: string[]
  /** Records without the vector they had. */
  withoutVector: number
}

/** Compares record by record. What could not be read, with an error that says so, is in order. */
export function compareSnapshots({
  before,
  after,
}: {
  before: DirectorySnapshot
  after: DirectorySnapshot
}): Comparison {
  const comparison: Comparison = { faults: [], changes: [], withoutVector: 0 }
  if (after.error !== null) return comparison
  for (const [id, expected] of before.collections) {
    const read = after.collections.get(id)
    if (read === undefined) comparison.faults.push(`collection ${expected.name} is gone`)
    else compareCollection({ expected, read, comparison })
  }
  for (const [id, { name, records }] of after.collections) {
    if (!before.collections.has(id) && records.size > 0) {
      comparison.faults.push(`collection ${name} is made up`)
    }
  }
  if (comparison.withoutVector > 0 && after.warnings === 0) {
    comparison.faults.push("vectors are missing without a warning")
  }
  return comparison
}

function compareCollection({
  expected,
  read,
  comparison,
}: {
  expected: CollectionSnapshot
  read: CollectionSnapshot
  comparison: Comparison
}): void {
  const vectors = new Map([...expected.records].map(([id, { embedding }]) => [embedding, id]))
  for (const [id, record] of read.records) {
    const original = expected.records.get(id)
    if (original === undefined) {
      comparison.faults.push(`${read.name}/${id} is made up`)
      continue
    }
    compareRecord({ name: `${read.name}/${id}`, original, record, comparison })
    const owner = vectors.get(record.embedding)
    if (
      owner !== undefined &&
      record.embedding !== null &&
      record.embedding !== original.embedding
    ) {
      comparison.faults.push(`${read.name}/${id} has the vector of ${owner}`)
    }
  }
  if (read.error !== null) return
  for (const id of expected.records.keys()) {
    if (!read.records.has(id)) comparison.faults.push(`${read.name}/${id} is gone`)
  }
}

function compareRecord({
  name,
  original,
  record,
  comparison,
}: {
  name: string
  original: RecordSnapshot
  record: RecordSnapshot
  comparison: Comparison
}): void {
  if (record.document !== original.document) comparison.changes.push(`${name} document`)
  if (record.embedding === null && original.embedding !== null) comparison.withoutVector++
  else if (!isSameVector(record.embedding, original.embedding))
    comparison.changes.push(`${name} vector`)
  for (const key of new Set([...original.metadata.keys(), ...record.metadata.keys()])) {
    if (original.metadata.get(key) === record.metadata.get(key)) continue
    if (!original.metadata.has(key)) comparison.faults.push(`${name} has a new key ${key}`)
    comparison.changes.push(`${name} ${key}`)
  }
}

/** A cosine index rounds what the log has exactly, so a vector may come from the other of the two. */
function isSameVector(one: string | null, other: string | null): boolean {
  if (one === other) return true
  if (one === null || other === null || one.length !== other.length) return false
  const [left, right] = [one, other].map((hex) => {
    const bytes = Buffer.from(hex, "hex")
    return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index))
  })
  return (
    left?.every((value, index) => {
      const expected = right?.[index] ?? Number.NaN
      return Object.is(value, expected) || Math.abs(value - expected) <= 1e-6 * Math.abs(expected)
    }) ?? false
  )
}
