import { ReasoningBankError } from "@reasoningbank/core"

const longestExcerpt = 300

/** The endpoint did not give vectors now, and may later. `reason` holds no secret. */
export function endpointUnreachable({
  address,
  attempts,
  reason,
}: {
  address: string
  attempts: number
  reason: string
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "embedding:unreachable",
    message: `The embedding endpoint ${address} gave no vectors in ${attempts} ${attempts === 1 ? "attempt" : "attempts"}; the last one: ${reason}.`,
    hint: "Check that the address is right and the server runs, and try again later if it is overloaded.",
  })
}

/** The endpoint will not answer such a request. `answer` holds no secret. */
export function endpointRefused({
  address,
  status,
  answer,
}: {
  address: string
  status: number
  answer: string
}): ReasoningBankError {
  const text = answer.replace(/\s+/g, " ").trim()
  const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text
  return new ReasoningBankError({
    code: "embedding:refused",
    message: `The embedding endpoint ${address} answered ${status}${excerpt === "" ? "." : `: ${excerpt}`}`,
    hint: hintFor(status),
  })
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return "Check apiKey: the endpoint does not accept it."
  if (status === 404) return "Check baseUrl and model: the endpoint knows no such address or model."
  if (status === 413) return "Give a smaller batchSize."
  return "Check model, dimension and the length of the texts against what the endpoint accepts."
}
