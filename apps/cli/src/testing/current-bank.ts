import { parseJson, pythonJson } from "@reasoningbank/core"
import {
  difficulties,
  domains,
  makeErrorContext,
  makeTask,
  makeTexts,
  makeTime,
  outcomes,
} from "./bank-content.ts"
import type { ChromaRecord } from "./chroma-record.ts"
import { type Microseconds, naiveTime } from "./naive-time.ts"
import type { SeededRandom } from "./seeded-random.ts"

/** The memory item as the current program keeps it in `memory_data`. */
export type CurrentItem = {
  id: string
  title: string
  description: string
  content: string
  error_context: Record<string, string | number> | null
  parent_memory_id: string | null
  derived_from: string[]
  evolution_stage: number
  pattern_tags: string[]
  difficulty_level: string | null
  domain_category: string | null
  created_at?: string
  /** A key that the original's schema drops and a migration keeps. */
  metadata?: { source_type: string; source_question: string }
}

/** One memory of the current dialect, with what its Chroma record says around it. */
export type CurrentMemory = {
  workspaceId: string | null
  traceId: string
  /** Uncut; the record holds its first 500 characters. */
  task: string
  outcome: string
  recordedAt: Microseconds
  createdAt: Microseconds | null
  item: CurrentItem
  vector: Float32Array
}

const cutTaskLength = 500

/** Memories in traces of one to four, spread over workspaces; every fifth trace has items in two of them. */
export function makeCurrentMemories({
  random,
  count,
  workspaceIds,
  timezone,
}: {
  random: SeededRandom
  count: number
  workspaceIds: readonly [string | null, ...(string | null)[]]
  timezone: string
}): CurrentMemory[] {
  const memories: CurrentMemory[] = []
  for (let traces = 0; memories.length < count; traces++) {
    const traceId = random.uuid()
    const task = makeTask(random)
    const outcome = random.pick(outcomes)
    const recordedAt = makeTime(random)
    const workspaceId = random.pick(workspaceIds)
    const size = Math.min(1 + random.integer(4), count - memories.length)
    for (let position = 0; position < size; position++) {
      const isElsewhere = traces % 5 === 4 && position === 1
      memories.push({
        workspaceId: isElsewhere ? random.pick(workspaceIds) : workspaceId,
        traceId,
        task,
        outcome,
        recordedAt: recordedAt + BigInt(position * 37),
        ...makeItem({ random, earlier: memories, timezone }),
        vector: random.unitVector(384),
      })
    }
  }
  return memories
}

function makeItem({
  random,
  earlier,
  timezone,
}: {
  random: SeededRandom
  earlier: CurrentMemory[]
  timezone: string
}): Pick<CurrentMemory, "item" | "createdAt"> {
  const parent = random.chance(0.3) ? earlier[random.integer(earlier.length)] : undefined
  const createdAt = random.chance(0.5) ? makeTime(random) : null
  const item: CurrentItem = {
    id: random.uuid(),
    ...makeTexts(random),
    error_context: random.chance(0.3) ? makeErrorContext(random) : null,
    parent_memory_id: parent?.item.id ?? null,
    derived_from: parent === undefined ? [] : [parent.item.id, random.uuid()],
    evolution_stage: parent === undefined ? 0 : parent.item.evolution_stage + 1,
    pattern_tags: random.chance(0.8) ? ["retry", `tag-${random.integer(9)}`, 'odd "tag", {x}'] : [],
    difficulty_level: random.chance(0.8) ? random.pick(difficulties) : null,
    domain_category: random.chance(0.8) ? random.pick(domains) : null,
  }
  if (createdAt !== null) item.created_at = naiveTime({ time: createdAt, timezone })
  if (random.chance(0.1)) {
    item.metadata = { source_type: "passive_learning", source_question: "Why?" }
  }
  return { item, createdAt }
}

/** The record that the current program writes, key by key. */
export function currentRecord({
  memory,
  timezone,
}: {
  memory: CurrentMemory
  timezone: string
}): ChromaRecord {
  const { item } = memory
  return {
    id: item.id,
    document: `${item.title}\n${item.description}\n${item.content}`,
    metadata: {
      trace_id: memory.traceId,
      task: cutTask(memory.task),
      outcome: memory.outcome,
      timestamp: naiveTime({ time: memory.recordedAt, timezone }),
      memory_data: pythonJson(parseJson(JSON.stringify(item))),
      ...(memory.workspaceId !== null && { workspace_id: memory.workspaceId }),
      ...(item.domain_category !== null && { domain_category: item.domain_category }),
      ...(item.difficulty_level !== null && { difficulty_level: item.difficulty_level }),
      ...(item.error_context !== null && { has_error_context: true }),
    },
    vector: memory.vector,
  }
}

export function cutTask(task: string): string {
  return [...task].slice(0, cutTaskLength).join("")
}
