import {
  difficulties,
  domains,
  makeErrorContext,
  makeTask,
  makeTexts,
  makeTime,
} from "./bank-content.ts"
import type { ChromaRecord } from "./chroma-record.ts"
import { type Microseconds, naiveTime } from "./naive-time.ts"
import type { SeededRandom } from "./seeded-random.ts"

/** A memory item in `traces.json`: these keys exactly, no id. */
export type LegacyItem = {
  title: string
  description: string
  content: string
  error_context: Record<string, string | number> | null
  parent_memory_id: null
  /** Ids of traces. */
  derived_from: string[]
  evolution_stage: number
  pattern_tags: string[]
  difficulty_level: string | null
  domain_category: string | null
}

/** An element of `traces.json`: these keys exactly. */
export type LegacyElement = {
  id: string
  task: string
  trajectory: Record<string, string | number>[]
  outcome: string
  memory_items: LegacyItem[]
  timestamp: string
  metadata: Record<string, string | number | boolean>
  parent_trace_id: string | null
  related_trace_ids: string[]
}

export type LegacyTrace = {
  element: LegacyElement
  recordedAt: Microseconds
  /** Of the task. */
  vector: Float32Array
}

export function makeLegacyTraces({
  random,
  count,
  timezone,
}: {
  random: SeededRandom
  count: number
  timezone: string
}): LegacyTrace[] {
  const traces: LegacyTrace[] = []
  for (let position = 0; position < count; position++) {
    const recordedAt = makeTime(random)
    const related = traces.slice(-2).map(({ element }) => element.id)
    traces.push({
      recordedAt,
      vector: random.unitVector(384),
      element: {
        id: random.uuid(),
        task: makeTask(random),
        trajectory: [
          {
            iteration: 1,
            action: "generate",
            output: "first try",
            output_hash: "00ff00ff00ff00ff",
          },
          { iteration: 0, action: "success", score: 0.9 },
        ],
        outcome: random.chance(0.7) ? "success" : "failure",
        memory_items: Array.from({ length: 1 + random.integer(3) }, () =>
          makeItem({ random, related }),
        ),
        timestamp: naiveTime({ time: recordedAt, timezone }),
        metadata: { final_score: 0.85, iterations: 1 + random.integer(3), loop_detected: false },
        parent_trace_id: random.chance(0.3) ? (related[0] ?? null) : null,
        related_trace_ids: related,
      },
    })
  }
  return traces
}

function makeItem({ random, related }: { random: SeededRandom; related: string[] }): LegacyItem {
  return {
    ...makeTexts(random),
    error_context: random.chance(0.3) ? makeErrorContext(random) : null,
    parent_memory_id: null,
    derived_from: related,
    evolution_stage: related.length === 0 ? 0 : 1,
    pattern_tags: ["legacy"],
    difficulty_level: random.chance(0.7) ? random.pick(difficulties) : null,
    domain_category: random.chance(0.7) ? random.pick(domains) : null,
  }
}

/** The record that the legacy program writes beside `traces.json`. */
export function legacyRecord({ element, vector }: LegacyTrace): ChromaRecord {
  const [firstItem] = element.memory_items
  return {
    id: element.id,
    document: element.task,
    metadata: {
      outcome: element.outcome,
      timestamp: element.timestamp,
      num_memories: element.memory_items.length,
      difficulty: firstItem?.difficulty_level ?? "unknown",
      domain: firstItem?.domain_category ?? "general",
      has_parent: element.parent_trace_id !== null,
    },
    vector,
  }
}

/** `traces.json` as Python's `json.dump(..., indent=2)` writes it: ASCII only. */
export function tracesJson(traces: readonly LegacyTrace[]): string {
  const elements = traces.map(({ element }) => element)
  return JSON.stringify(elements, null, 2).replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
