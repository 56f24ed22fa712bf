import { UMAP } from "umap-js"
import type { VectorRows } from "./vector-rows.ts"

const mostNeighbours = 15
/** Fewer have no neighbourhoods worth keeping. */
const fewestForUmap = 6

export type Arrangement = { method: "umap" | "pca"; places: Float32Array }

/**
 * Places in two dimensions (x and y in turn) that keep neighbours together: UMAP (McInnes, Healy and Melville, 2018), the same
 * ones for the same rows; of very few rows the first two components.
 */
export function arrangeRows({
  rows: { count, dimension, values },
  onProgress,
}: {
  /** Reduced to principal components. */
  rows: VectorRows
  onProgress: (share: number) => void
}): Arrangement {
  const points = Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * dimension, (row + 1) * dimension)),
  )
  if (count < fewestForUmap) {
    const places = points.flatMap(([x = 0, y = 0]) => [x, y])
    return { method: "pca", places: Float32Array.from(places) }
  }
  const umap = new UMAP({
    nNeighbors: Math.min(mostNeighbours, count - 1),
    minDist: 0.15,
    random: seededRandom(),
  })
  const epochs = umap.initializeFit(points)
  startFromComponents({ embedding: umap.getEmbedding(), points })
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step()
    if (epoch % 10 === 0) onProgress(epoch / epochs)
  }
  return { method: "umap", places: Float32Array.from(umap.getEmbedding().flat()) }
}

/** From where the first two components put them and not from anywhere, which would tear groups apart. */
function startFromComponents({
  embedding,
  points,
}: {
  embedding: number[][]
  points: readonly number[][]
}): void {
  const reach = Math.max(
    ...points.map(([x = 0, y = 0]) => Math.max(Math.abs(x), Math.abs(y))),
    1e-9,
  )
  points.forEach(([x = 0, y = 0], row) => {
    const place = embedding[row]
    if (place === undefined) return
    place[0] = (10 * x) / reach + (place[0] ?? 0) * 1e-3
    place[1] = (10 * y) / reach + (place[1] ?? 0) * 1e-3
  })
}

/** Mulberry32, so that a map computed twice from the same vectors is the same. */
function seededRandom(): () => number {
  let state = 20_261_126
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
