import { randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import type { SeededRandom } from "./seeded-random.ts"

const MODELS = ["all-MiniLM-L6-v2", "another-model"] as const
const TIMES = [
  null,
  "2025-10-20T23:59:59.999999Z",
  "2025-10-21T00:00:00Z",
  "2025-10-21T00:30:00+14:00",
  "2024-02-29T12:00:00-11:00",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
] as const
const ERRORS = [null, "null", "{}", '""', '{"mistake": "rounded twice"}', "[]", "0"] as const
const TAGS = [null, [], ["money"], ["money", "money", "rounding"], ["", "ünïcode 🎈"]] as const

/** Columns of a trace as JSON, usual values and unusual ones. */
export function aRandomTrace(random: SeededRandom, workspaceId: string) {
  return {
    workspace_id: workspaceId,
    id: randomUUID(),
    task: random.pick(["Sum the cart", "", "Größe in 🎈"]),
    trajectory: random.pick([null, [{ step: 1 }], []]),
    outcome: random.pick(["success", "failure", "partial", "abandoned", null]),
    metadata: random.pick([{}, { attempts: 2 }]),
    created_at: random.pick(TIMES),
    extras: random.pick([{}, { key: "wörth" }]),
  }
}

export function aRandomEmbeddedTrace(random: SeededRandom, workspaceId: string) {
  return { ...aRandomTrace(random, workspaceId), ...aRandomVector(random, "task_embedding") }
}

/** Columns of a memory item as JSON, usual values and unusual ones. */
export function aRandomItem(random: SeededRandom, workspaceId: string, traceId: string | null) {
  return {
    workspace_id: workspaceId,
    id: randomUUID(),
    trace_id: traceId,
    ...aRandomText(random),
    created_at: random.pick(TIMES),
    extras: random.pick([{}, { key: [1, 2] }]),
  }
}

export function aRandomEmbeddedItem(
  random: SeededRandom,
  workspaceId: string,
  traceId: string | null,
) {
  return {
    ...aRandomItem(random, workspaceId, traceId),
    ...aRandomVector(random, "content_embedding"),
  }
}

/** What an editor changes of a memory item. */
export function aRandomText(random: SeededRandom) {
  return {
    title: random.pick(["Round once", "Größe", ""]),
    description: random.pick([null, "", "Totals drift"]),
    content: random.pick(["Keep minor units", "🎈"]),
    error_context: JSON.parse(random.pick(ERRORS) ?? "null"),
    pattern_tags: random.pick(TAGS),
    difficulty_level: random.pick(["simple", "expert", null, "odd"]),
    domain_category: random.pick(["checkout", "invoices", null]),
    evolution_stage: random.below(4),
  }
}

export function aRandomVector(random: SeededRandom, column: string) {
  if (random.below(2) === 0)
    return {
      [column]: null,
      embedding_model: random.pick([null, MODELS[0]]),
      embedding_status: "missing",
    }
  const vector = JSON.stringify([...aVector(random.below(50))])
  return { [column]: vector, embedding_model: random.pick(MODELS), embedding_status: "present" }
}
