/** A vector in the text form of pgvector, with the lowest bit of one of its floats the other way round. */
export function flipLowestBit({ vector, position }: { vector: string; position: number }): string {
  const floats = Float32Array.from(JSON.parse(vector))
  const bits = new Uint32Array(floats.buffer)
  bits[position] = (bits[position] ?? 0) ^ 1
  return JSON.stringify([...floats])
}
