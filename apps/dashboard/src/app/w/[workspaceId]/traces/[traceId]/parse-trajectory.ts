import { isJsonObject, type JsonObject } from "../../../../../data/json-object.ts"

/** One step of a trajectory, under the names that programs give its parts. */
export type TrajectoryStep = {
  iteration: string | null
  thought: string | null
  action: string | null
  output: string | null
  error: string | null
  score: number | null
  /** Of several attempts at once, the one it belongs to. */
  attempt: string | null
  /** What has none of the usual names. */
  rest: JsonObject
}

const names = {
  iteration: ["iteration", "step", "step_number", "index", "turn"],
  thought: ["thought", "thoughts", "reasoning", "think", "rationale"],
  action: ["action", "tool", "tool_name", "type"],
  output: ["output", "observation", "result", "response", "content"],
  error: ["error", "exception", "error_message"],
  score: ["score", "output_score", "evaluation_score"],
  attempt: ["trajectory_id", "attempt", "candidate", "candidate_id"],
} as const

/**
 * The steps of a trajectory, whatever program wrote it: a list, or an object that holds one. Null for a shape that holds
 * none. A step's score is its own, else what the next step of its attempt calls the score before it.
 */
export function parseTrajectory(trajectory: unknown): TrajectoryStep[] | null {
  const list = findList(trajectory)
  if (list === null) return null
  const steps = list.map(parseStep)
  return steps.map((step, place) => {
    if (step.score !== null) return step
    const next = steps.slice(place + 1).find(({ attempt }) => attempt === step.attempt)
    const score = next?.rest.previous_score
    return typeof score === "number" ? { ...step, score } : step
  })
}

function findList(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value.length === 0 ? null : value
  if (!isJsonObject(value)) return null
  const lists = ["steps", "trajectory", "iterations", "messages"].map((key) => value[key])
  return (
    (lists.find((list) => Array.isArray(list) && list.length > 0) as unknown[] | undefined) ?? null
  )
}

function parseStep(step: unknown): TrajectoryStep {
  if (!isJsonObject(step)) {
    const output = typeof step === "string" ? step : JSON.stringify(step)
    return { ...nothing, output, rest: {} }
  }
  const rest = { ...step }
  const take = (keys: readonly string[]) => {
    const key = keys.find((name) => isPlain(rest[name]) && rest[name] !== "")
    if (key === undefined) return null
    const value = rest[key]
    delete rest[key]
    return `${value}`
  }
  const scoreKey = names.score.find((name) => typeof rest[name] === "number")
  const score = scoreKey === undefined ? null : Number(rest[scoreKey])
  if (scoreKey !== undefined) delete rest[scoreKey]
  return {
    iteration: take(names.iteration),
    thought: take(names.thought),
    action: take(names.action),
    output: take(names.output),
    error: take(names.error),
    score,
    attempt: take(names.attempt),
    rest,
  }
}

const nothing = {
  iteration: null,
  thought: null,
  action: null,
  error: null,
  score: null,
  attempt: null,
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value)
}
