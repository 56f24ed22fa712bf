import { ReasoningBankError } from "@reasoningbank/core"

const tolerance = 1e-6

/**
 * What a source gave, as unit vectors of their own memory; a vector that is one already keeps its bits.
 * Raises `embedding:vectors` for another count or length, numbers that are not finite and zeros.
 */
export function checkVectors({
  vectors,
  name,
  count,
  dimension,
}: {
  vectors: readonly ArrayLike<number>[]
  /** Of the model. */
  name: string
  count: number
  dimension: number
}): Float32Array[] {
  if (vectors.length !== count) {
    throw wrongVectors(`${name} gave ${vectors.length} vectors for ${count} texts.`)
  }
  return vectors.map((given, position) => {
    if (given.length !== dimension) {
      throw wrongVectors(
        `${name} gave a vector of ${given.length} numbers for text ${position}, ${dimension} were expected.`,
      )
    }
    const vector = Float32Array.from(given)
    let sum = 0
    for (const value of vector) sum += value * value
    const length = Math.sqrt(sum)
    if (!Number.isFinite(length) || length === 0) {
      throw wrongVectors(
        `${name} gave a vector of zeros or with numbers that are not finite for text ${position}.`,
      )
    }
    return Math.abs(length - 1) <= tolerance ? vector : vector.map((value) => value / length)
  })
}

function wrongVectors(message: string) {
  return new ReasoningBankError({
    code: "embedding:vectors",
    message,
    hint: "Check that the model's name and dimension in the settings are those of the model that answers.",
  })
}
