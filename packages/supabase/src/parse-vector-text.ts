import { nearestFloat32, ReasoningBankError } from "@reasoningbank/core"

/**
 * The floats of a `vector` in its text form, `[0.1,-2e-07]`. pgvector prints the shortest decimal that names each
 * float32.
 */
export function parseVectorText(text: string): Float32Array {
  if (!text.startsWith("[") || !text.endsWith("]")) throw notVector(text)
  const decimals = text.slice(1, -1).split(",")
  const vector = new Float32Array(decimals.length)
  for (const [index, decimal] of decimals.entries()) {
    const value = Number(decimal)
    if (Number.isNaN(value) || decimal === "") throw notVector(text)
    vector[index] = nearestFloat32(value)
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
