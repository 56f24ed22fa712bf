import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"

/** One damage to one file, and how to undo it. */
export type Mutation = { description: string; undo(): void }

export type RandomSource = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
}

/** Marsaglia's xorshift with 32 bits: the same seed gives the same damage. */
export function createRandom(seed: number): RandomSource {
  let state = seed | 1
  return {
    below(limit) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return Math.floor(((state >>> 0) / 2 ** 32) * limit)
    },
  }
}

/** All files that a reader looks at, each with how often it should be hit. */
export function listTargets(directory: string): { file: string; weight: number }[] {
  const weights: Record<string, number> = {
    "index_metadata.pickle": 3,
    "header.bin": 2,
    "data_level0.bin": 2,
    "length.bin": 1,
  }
  const targets: { file: string; weight: number }[] = []
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) {
      if (entry.name === "chroma.sqlite3")
        targets.push({ file: join(directory, entry.name), weight: 100 })
      continue
    }
    for (const name of readdirSync(join(directory, entry.name))) {
      const weight = weights[name]
      if (weight !== undefined) targets.push({ file: join(directory, entry.name, name), weight })
    }
  }
  return targets.filter(({ file }) => statSync(file).size > 0)
}

/** Damages a file: mostly one byte, sometimes a few, a cut end, a lost page. */
export function mutateFile({ file, random }: { file: string; random: RandomSource }): Mutation {
  const size = statSync(file).size
  const kind = random.below(20)
  if (kind === 0) {
    const content = readFileSync(file)
    const kept = random.below(size)
    writeFileSync(file, content.subarray(0, kept))
    return {
      description: `${file} cut to ${kept} of ${size}`,
      undo: () => writeFileSync(file, content),
    }
  }
  const length = kind === 1 ? Math.min(4_096, size) : kind < 4 ? Math.min(4, size) : 1
  const offset =
    length === 4_096
      ? 4_096 * random.below(Math.floor(size / 4_096))
      : random.below(size - length + 1)
  const before = readFileSync(file).subarray(offset, offset + length)
  const after = Buffer.from(before)
  if (length === 4_096) after.fill(0)
  else if (kind < 12) {
    for (let index = 0; index < length; index++)
      after[index] = (after[index] ?? 0) ^ (1 << random.below(8))
  } else for (let index = 0; index < length; index++) after[index] = random.below(256)
  writeAt({ file, offset, bytes: after })
  return {
    description: `${file} at ${offset}: ${before.toString("hex").slice(0, 16)} to ${after.toString("hex").slice(0, 16)}`,
    undo: () => writeAt({ file, offset, bytes: before }),
  }
}

function writeAt({
  file,
  offset,
  bytes,
}: {
  file: string
  offset: number
  bytes: Uint8Array
}): void {
  const descriptor = openSync(file, "r+")
  try {
    writeSync(descriptor, bytes, 0, bytes.length, offset)
  } finally {
    closeSync(descriptor)
  }
}
