import { ReasoningBankError } from "@reasoningbank/core"

/** Read as a double it lies exactly between two float32 values, and `Math.fround` takes the wrong one. */
const twiceRounded = 7.038531e-26
const twiceRoundedAsFloat32 = Math.fround(7.0385307e-26)

/**
 * The floats of a `vector` in its text form, `[0.1,-2e-07]`. pgvector prints the shortest decimal that names each
 * float32; read as the nearest double and rounded to float32 it gives the same one, except for a single pair of values.
 * (All 2^32 were tried.)
 */
export function parseVectorText(text: string): Float32Array {
  if (!text.startsWith("[") || !text.endsWith("]")) throw notVector(text)
  const decimals = text.slice(1, -1).split(",")
  const vector = new Float32Array(decimals.length)
  for (const [index, decimal] of decimals.entries()) {
    const value = Number(decimal)
    if (Number.isNaN(value) || decimal === "") throw notVector(text)
    const isTwiceRounded = Math.abs(value) === twiceRounded
    vector[index] = isTwiceRounded ? Math.sign(value) * twiceRoundedAsFloat32 : value
  }
  return vector
}

function notVector(text: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:schema_version",
    message: `The database answered with a vector that can not be read: ${JSON.stringify(text.slice(0, 80))}`,
    hint: "pgvector 0.8.0 or newer is needed.",
  })
}
