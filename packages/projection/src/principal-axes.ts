import { PCA } from "ml-pca"
import type { VectorRows } from "./vector-rows.ts"

const mostAxes = 32

/** The directions along which the rows differ most, the first the most; each of the rows' dimension. */
export function principalAxes({ count, dimension, values }: VectorRows): Float32Array[] {
  if (count === 1)
    return [Float32Array.from({ length: dimension }, (_, column) => (column === 0 ? 1 : 0))]
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * dimension, (row + 1) * dimension)),
  )
  const axes = Math.max(1, Math.min(mostAxes, count - 1, dimension))
  const directions = new PCA(rows, { method: "covarianceMatrix" }).getEigenvectors()
  return Array.from({ length: axes }, (_, axis) => Float32Array.from(directions.getColumn(axis)))
}

/** Inner products of every row with every axis. */
export function reduceRows({
  rows: { count, dimension, values },
  axes,
}: {
  rows: VectorRows
  axes: readonly Float32Array[]
}): VectorRows {
  const reduced = new Float32Array(count * axes.length)
  for (let row = 0; row < count; row++) {
    axes.forEach((axis, place) => {
      let product = 0
      for (let column = 0; column < dimension; column++) {
        product += (values[row * dimension + column] ?? 0) * (axis[column] ?? 0)
      }
      reduced[row * axes.length + place] = product
    })
  }
  return { count, dimension: axes.length, values: reduced }
}
