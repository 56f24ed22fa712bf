export type PlacedSequence = {
  /** Where it stood among the texts. */
  position: number
  ids: number[]
}

/** Groups sequences of similar length so that no batch exceeds `tokenBudget` ids with its padding. */
export function planBatches({
  sequences,
  tokenBudget,
}: {
  sequences: readonly number[][]
  tokenBudget: number
}): PlacedSequence[][] {
  const longestFirst = sequences
    .map((ids, position) => ({ ids, position }))
    .sort((a, b) => b.ids.length - a.ids.length || a.position - b.position)
  const batches: PlacedSequence[][] = []
  let batch: PlacedSequence[] = []
  let capacity = 0
  for (const sequence of longestFirst) {
    if (batch.length >= capacity) {
      capacity = Math.max(1, Math.floor(tokenBudget / Math.max(1, sequence.ids.length)))
      batch = []
      batches.push(batch)
    }
    batch.push(sequence)
  }
  return batches
}
