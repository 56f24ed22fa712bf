import { ReasoningBankError } from "@reasoningbank/core"

/** Raises `usage` for an empty name and for numbers that are not whole and positive. */
export function assertModelSettings({
  name,
  ...numbers
}: {
  name: string
  dimension: number
  batchSize: number
  concurrency: number
}): void {
  if (typeof name !== "string" || name.trim() === "") {
    throw new ReasoningBankError({
      code: "usage",
      message: "An embedder needs the name of its model, an empty one was given.",
      hint: "Name the model: the name is kept beside every vector, and tells models apart.",
    })
  }
  for (const [setting, value] of Object.entries(numbers)) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new ReasoningBankError({
      code: "usage",
      message: `The ${setting} of the embedder ${name} is ${value}, expected a whole number above 0.`,
      hint: "Correct the setting; the dimension is the length of the model's vectors.",
    })
  }
}
