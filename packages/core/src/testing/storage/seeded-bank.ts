import type { NewReasoningTrace } from "../../storage/new-reasoning-trace.ts"
import { daysAgo } from "./backend-under-test.ts"

const subjects = ["checkout", "parser", "cache", "queue", "search", "upload", "invoice", "login"]
const verbs = ["retry", "validate", "batch", "lock", "trace", "split", "merge", "compress"]
const tags = ["errors", "speed", "safety", "data", "ünïcödé", "日本語"]
const domains = ["algorithms", "api_usage", "debugging", undefined]
const difficulties = ["simple", "moderate", "complex", "expert", undefined] as const
const outcomes = ["success", "failure", "partial"] as const

/** Traces that differ in everything a filter looks at; the same for the same seed. */
export function seededBank({
  workspaceId,
  traces: count,
  seed = 7,
}: {
  workspaceId: string
  traces: number
  seed?: number
}): NewReasoningTrace[] {
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const pick = <Value>(values: readonly [Value, ...Value[]] | readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value
  const phrase = () => `${pick(verbs)} the ${pick(subjects)} before the ${pick(subjects)}`
  const uuid = () =>
    "00000000-0000-4000-8000-000000000000".replaceAll("0", () =>
      Math.floor(random() * 16).toString(16),
    )
  return Array.from({ length: count }, (_, at): NewReasoningTrace => {
    const createdAt = new Date(Date.parse(daysAgo(Math.floor(random() * 80))) + at)
    return {
      workspaceId,
      id: uuid(),
      task: `Task ${at}: ${phrase()}`,
      trajectory: [{ iteration: 0, action: "think", k: at, score: random() }],
      outcome: pick(outcomes),
      createdAt,
      metadata: { score: random(), iterations: at },
      memoryItems: Array.from({ length: Math.floor(random() * 4) }, (_, ordinal) => ({
        id: uuid(),
        title: `${phrase()} ${ordinal}`,
        description: `Why one should ${phrase()}`,
        content: `When it matters, ${phrase()} and ${phrase()}.`,
        patternTags: random() < 0.2 ? null : [...new Set([pick(tags), pick(tags)])],
        difficultyLevel: pick(difficulties) ?? null,
        domainCategory: pick(domains) ?? null,
        errorContext: random() < 0.4 ? { error_type: pick(verbs) } : random() < 0.2 ? {} : null,
        evolutionStage: Math.floor(random() * 4),
        createdAt: new Date(createdAt.getTime() + ordinal),
      })),
    }
  })
}
