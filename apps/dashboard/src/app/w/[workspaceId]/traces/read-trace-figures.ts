import type { JsonObject } from "../../../../data/json-object.ts"

export type TraceFigures = {
  iterations: number | null
  score: number | null
  tokens: number | null
  /** Of several attempts at once, the one that was taken. */
  selectedAttempt: string | null
}

const tokenKeys = ["total_tokens", "tokens", "token_count", "tokens_used", "num_tokens"]

/** What the metadata of a trace says in figures, under the names that programs give them. */
export function readTraceFigures(metadata: JsonObject): TraceFigures {
  const number = (keys: readonly string[]) => {
    const value = keys.map((key) => metadata[key]).find((found) => typeof found === "number")
    return typeof value === "number" ? value : null
  }
  const input = number(["input_tokens", "prompt_tokens"])
  const output = number(["output_tokens", "completion_tokens"])
  const sum = input === null && output === null ? null : (input ?? 0) + (output ?? 0)
  const selected = metadata.selected_trajectory
  return {
    iterations: number(["iterations", "num_iterations"]),
    score: number(["best_score", "final_score", "score"]),
    tokens: number(tokenKeys) ?? sum,
    selectedAttempt:
      typeof selected === "string" || typeof selected === "number" ? `${selected}` : null,
  }
}
