/** Mean over each sequence's own tokens (padding left out), scaled to length one. */
export function poolUnitVectors({
  hidden,
  lengths,
  paddedLength,
  dimension,
}: {
  /** Shape [sequences, paddedLength, dimension]. */
  hidden: Float32Array
  lengths: readonly number[]
  paddedLength: number
  dimension: number
}): Float32Array[] {
  return lengths.map((length, sequence) => {
    const sum = new Float64Array(dimension)
    const start = sequence * paddedLength * dimension
    for (let offset = 0; offset < length * dimension; offset++) {
      const column = offset % dimension
      sum[column] = (sum[column] ?? 0) + (hidden[start + offset] ?? 0)
    }
    const norm = Math.hypot(...sum) || 1
    return Float32Array.from(sum, (value) => value / norm)
  })
}
