import type { VectorRows } from "./vector-rows.ts"

const neighbours = 5

/** Places for rows between those of the landmarks nearest to them, the nearer the more. */
export function placeAmong({
  rows,
  landmarks,
  places,
  onProgress,
}: {
  rows: VectorRows
  landmarks: VectorRows
  /** Of the landmarks, x and y in turn. */
  places: Float32Array
  onProgress: (share: number) => void
}): Float32Array {
  const { dimension } = rows
  const found = new Float32Array(rows.count * 2)
  const distances = new Float64Array(neighbours)
  const nearest = new Int32Array(neighbours)
  for (let row = 0; row < rows.count; row++) {
    distances.fill(Number.POSITIVE_INFINITY)
    for (let landmark = 0; landmark < landmarks.count; landmark++) {
      let distance = 0
      const farthest = distances[neighbours - 1] ?? 0
      for (let column = 0; column < dimension && distance < farthest; column++) {
        const difference =
          (rows.values[row * dimension + column] ?? 0) -
          (landmarks.values[landmark * dimension + column] ?? 0)
        distance += difference * difference
      }
      if (distance < farthest) insert({ distances, nearest, distance, landmark })
    }
    let weights = 0
    let x = 0
    let y = 0
    distances.forEach((distance, place) => {
      if (distance === Number.POSITIVE_INFINITY) return
      const weight = 1 / (distance + 1e-6)
      const landmark = nearest[place] ?? 0
      weights += weight
      x += weight * (places[2 * landmark] ?? 0)
      y += weight * (places[2 * landmark + 1] ?? 0)
    })
    found[2 * row] = x / weights
    found[2 * row + 1] = y / weights
    if (row % 1_000 === 0) onProgress(row / rows.count)
  }
  return found
}

/** Keeps both lists sorted by distance. */
function insert({
  distances,
  nearest,
  distance,
  landmark,
}: {
  distances: Float64Array
  nearest: Int32Array
  distance: number
  landmark: number
}): void {
  let place = distances.length - 1
  while (place > 0 && (distances[place - 1] ?? 0) > distance) {
    distances[place] = distances[place - 1] ?? 0
    nearest[place] = nearest[place - 1] ?? 0
    place -= 1
  }
  distances[place] = distance
  nearest[place] = landmark
}
