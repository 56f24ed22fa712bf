import { expect, test } from "vitest"
import { layOutVectors } from "./lay-out-vectors.ts"
import type { VectorRows } from "./vector-rows.ts"

const dimension = 40

/** Rows around three corners, in turn. */
function makeClusters(count: number): VectorRows {
  const values = new Float32Array(count * dimension)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < dimension; column++) {
      const noise = Math.sin(row * 12.9898 + column * 78.233) * 0.05
      values[row * dimension + column] = (column === row % 3 ? 1 : 0) + noise
    }
  }
  return { count, dimension, values }
}

/** Mean distance within a cluster, as a share of that between clusters. */
function spread(places: Float32Array): number {
  const sums = { within: [0, 0], between: [0, 0] }
  for (let one = 0; one < places.length / 2; one++) {
    for (let other = 0; other < one; other++) {
      const distance = Math.hypot(
        (places[2 * one] ?? 0) - (places[2 * other] ?? 0),
        (places[2 * one + 1] ?? 0) - (places[2 * other + 1] ?? 0),
      )
      const sum = one % 3 === other % 3 ? sums.within : sums.between
      sum[0] = (sum[0] ?? 0) + distance
      sum[1] = (sum[1] ?? 0) + 1
    }
  }
  const mean = ([total = 0, count = 1]: number[]) => total / count
  return mean(sums.within) / mean(sums.between)
}

test("rows that are alike come to lie together, the same way each time", async () => {
  const shares: number[] = []
  const lay = () =>
    layOutVectors({
      landmarks: makeClusters(150),
      readReduced: null,
      onProgress: (share) => shares.push(share),
    })
  const { method, places } = await lay()
  expect(method).toBe("umap")
  expect(places).toHaveLength(300)
  expect(places.every((place) => place >= -1 && place <= 1)).toBe(true)
  expect(spread(places)).toBeLessThan(0.5)
  expect(shares.length).toBeGreaterThan(1)
  expect((await lay()).places).toEqual(places)
})

test("rows that are no landmarks lie among the landmarks they are like", async () => {
  const all = makeClusters(600)
  const { places } = await layOutVectors({
    landmarks: makeClusters(120),
    readReduced: async (axes) => {
      const values = new Float32Array(all.count * axes.length)
      for (let row = 0; row < all.count; row++) {
        axes.forEach((axis, place) => {
          values[row * axes.length + place] = axis.reduce(
            (sum, value, column) => sum + value * (all.values[row * dimension + column] ?? 0),
            0,
          )
        })
      }
      return { count: all.count, dimension: axes.length, values }
    },
    onProgress: () => {},
  })
  expect(places).toHaveLength(1_200)
  expect(spread(places)).toBeLessThan(0.5)
})

test.each([1, 2, 3, 5, 6, 7, 16])(
  "%d rows have places too, even when all are the same",
  async (count) => {
    for (const values of [
      makeClusters(count).values,
      new Float32Array(count * dimension).fill(0.1),
    ]) {
      const { places } = await layOutVectors({
        landmarks: { count, dimension, values },
        readReduced: null,
        onProgress: () => {},
      })
      expect(places).toHaveLength(2 * count)
      expect(places.every((place) => place >= -1 && place <= 1)).toBe(true)
    }
  },
)
