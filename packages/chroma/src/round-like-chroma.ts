/**
 * What Chroma on x86-64 answers for a vector in a cosine collection: it keeps the vector normalised
 * and its norm, and multiplies them again, rounding every step to float32 (`normalize_vector` in
 * chroma-core/hnswlib). How the sum of squares is rounded depends on how the release was compiled:
 *
 * - `lanes`: the servers from npm; four sums, joined as (0 + 2) + (1 + 3), the last one to three
 *   squares added after;
 * - `sequential`: the Python packages; one after the other.
 *
 * Measured with 1 to 3072 dimensions on releases 0.4.0 to 1.5.9, every bit equal.
 */
export function roundLikeChroma({
  vector,
  summation,
}: {
  vector: Float32Array
  summation: "lanes" | "sequential"
}): Float32Array {
  const norm = Math.fround(Math.sqrt(sumOfSquares({ vector, inLanes: summation === "lanes" })))
  const scale = Math.fround(1 / Math.fround(norm + Math.fround(1e-30)))
  return vector.map((value) => Math.fround(value * scale) * norm)
}

function sumOfSquares({ vector, inLanes }: { vector: Float32Array; inLanes: boolean }): number {
  const inLanesUpTo = inLanes ? vector.length - (vector.length % 4) : 0
  const lanes = new Float32Array(4)
  for (let index = 0; index < inLanesUpTo; index++) {
    const value = vector[index] ?? 0
    lanes[index % 4] = (lanes[index % 4] ?? 0) + Math.fround(value * value)
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = lanes
  let sum = Math.fround(Math.fround(first + third) + Math.fround(second + fourth))
  for (let index = inLanesUpTo; index < vector.length; index++) {
    const value = vector[index] ?? 0
    sum = Math.fround(sum + Math.fround(value * value))
  }
  return sum
}
