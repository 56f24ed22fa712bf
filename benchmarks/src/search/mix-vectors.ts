import type { SampleItem } from "./read-sample-items.ts"
import type { Random } from "./seeded-random.ts"

const neighbourCount = 10
const noise = 0.02

export type Mixer = {
  /** Places of the items nearest to this one by cosine, itself first. */
  neighboursOf: (place: number, count: number) => number[]
  /** A unit vector between that of an item and one of its neighbours among `topics`, with noise. */
  mix: (options: { place: number; topics: ReadonlySet<number> }) => {
    vector: Float32Array
    neighbour: number
  }
}

/** Makes vectors like the real ones of the sample items: as many as wanted, clustered by topic as those are. */
export function createMixer({ items, random }: { items: SampleItem[]; random: Random }): Mixer {
  const order = items.map(({ vector }) =>
    items
      .map((other, place) => ({ place, similarity: dot(vector, other.vector) }))
      .sort((a, b) => b.similarity - a.similarity)
      .map(({ place }) => place),
  )
  return {
    neighboursOf: (place, count) => (order[place] ?? []).slice(0, count),
    mix: ({ place, topics }) => {
      const near = (order[place] ?? [])
        .slice(1)
        .filter((other) => topics.has(other))
        .slice(0, neighbourCount)
      const neighbour = near[random.index(near.length)] ?? place
      const share = 0.5 + random.uniform() / 2
      const one = items[place]?.vector ?? new Float32Array()
      const other = items[neighbour]?.vector ?? one
      const mixed = one.map(
        (value, column) =>
          share * value + (1 - share) * (other[column] ?? 0) + noise * random.normal(),
      )
      const norm = Math.hypot(...mixed)
      // Six decimals, so that the text sent to the database is the vector compared here.
      return { vector: mixed.map((value) => Math.round((value / norm) * 1e6) / 1e6), neighbour }
    },
  }
}

function dot(a: Float32Array, b: Float32Array) {
  let sum = 0
  for (let column = 0; column < a.length; column++) sum += (a[column] ?? 0) * (b[column] ?? 0)
  return sum
}
