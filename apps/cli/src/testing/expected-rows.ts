import { type CurrentMemory, cutTask } from "./current-bank.ts"
import type { LegacyTrace } from "./legacy-bank.ts"
import { naiveTime, utcTime } from "./naive-time.ts"
import { type LinkRow, type MemoryRow, type TraceRow, vectorHex } from "./target-rows.ts"

export type ExpectedRows = { traces: TraceRow[]; memoryItems: MemoryRow[] }

const model = "all-MiniLM-L6-v2"
const missing = { vector: null, embedding_status: "missing", embedding_model: null }
/** Stands for an id that the source does not have: a UUIDv5. */
export const derivedId = "derived"

/** The rows that memories of the current dialect become, worked out from what was generated and nothing else. */
export function expectedCurrentRows({
  memories,
  timezone,
  defaultWorkspaceId = "unassigned",
}: {
  memories: readonly CurrentMemory[]
  timezone: string
  defaultWorkspaceId?: string
}): ExpectedRows {
  const traces = new Map<string, TraceRow>()
  const ordinals = new Map<string, number>()
  const memoryItems = memories.map((memory): MemoryRow => {
    const { item, traceId, recordedAt, createdAt } = memory
    const workspaceId = memory.workspaceId ?? defaultWorkspaceId
    const key = `${workspaceId} ${traceId}`
    const timestamp = naiveTime({ time: recordedAt, timezone })
    const ordinal = ordinals.get(key) ?? 0
    ordinals.set(key, ordinal + 1)
    if (!traces.has(key)) traces.set(key, expectedTrace({ memory, workspaceId, timestamp }))
    return {
      workspace_id: workspaceId,
      id: item.id,
      source_id: null,
      trace_id: traceId,
      ordinal,
      title: item.title,
      description: item.description,
      content: item.content,
      vector: vectorHex(memory.vector),
      embedding_status: "present",
      embedding_model: model,
      error_context: item.error_context,
      pattern_tags: item.pattern_tags,
      difficulty_level: item.difficulty_level,
      domain_category: item.domain_category,
      evolution_stage: item.evolution_stage,
      created_at: utcTime(createdAt ?? recordedAt),
      source_created_at: item.created_at ?? timestamp,
      extras: {
        ...(item.metadata !== undefined && { metadata: item.metadata }),
        ...(createdAt !== null && { record_metadata: { timestamp } }),
      },
      notes: [],
      links: [
        ...links({ relation: "derived_from", kind: "memory_item", ids: item.derived_from }),
        ...links({ relation: "parent", kind: "memory_item", ids: [item.parent_memory_id] }),
      ],
    }
  })
  return { traces: [...traces.values()], memoryItems }
}

function expectedTrace({
  memory,
  workspaceId,
  timestamp,
}: {
  memory: CurrentMemory
  workspaceId: string
  timestamp: string
}): TraceRow {
  const task = cutTask(memory.task)
  return {
    workspace_id: workspaceId,
    id: memory.traceId,
    source_id: null,
    task,
    ...missing,
    trajectory: null,
    outcome: memory.outcome,
    metadata: {},
    created_at: utcTime(memory.recordedAt),
    source_created_at: timestamp,
    extras: {},
    notes: [...task].length === 500 ? [{ code: "may_be_cut", field: "task" }] : [],
    links: [],
  }
}

/** The rows that legacy traces become which are both in Chroma and in `traces.json`. */
export function expectedLegacyRows({
  traces,
  workspaceId = "unassigned",
}: {
  traces: readonly LegacyTrace[]
  workspaceId?: string
}): ExpectedRows {
  return {
    traces: traces.map(({ element, recordedAt, vector }) => ({
      workspace_id: workspaceId,
      id: element.id,
      source_id: null,
      task: element.task,
      vector: vectorHex(vector),
      embedding_status: "present",
      embedding_model: model,
      trajectory: element.trajectory,
      outcome: element.outcome,
      metadata: element.metadata,
      created_at: utcTime(recordedAt),
      source_created_at: element.timestamp,
      extras: {
        record_metadata: {
          num_memories: element.memory_items.length,
          difficulty: element.memory_items[0]?.difficulty_level ?? "unknown",
          domain: element.memory_items[0]?.domain_category ?? "general",
          has_parent: element.parent_trace_id !== null,
        },
      },
      notes: [],
      links: [
        ...links({ relation: "parent", kind: "trace", ids: [element.parent_trace_id] }),
        ...links({ relation: "related", kind: "trace", ids: element.related_trace_ids }),
      ],
    })),
    memoryItems: traces.flatMap(({ element, recordedAt }) =>
      element.memory_items.map(({ derived_from, parent_memory_id, ...item }, ordinal) => ({
        workspace_id: workspaceId,
        id: derivedId,
        source_id: null,
        trace_id: element.id,
        ordinal,
        ...item,
        ...missing,
        created_at: utcTime(recordedAt),
        source_created_at: null,
        extras: {},
        notes: [],
        links: links({ relation: "derived_from", kind: "trace", ids: derived_from }),
      })),
    ),
  }
}

function links({
  relation,
  kind,
  ids,
}: {
  relation: string
  kind: string
  ids: readonly (string | null)[]
}): LinkRow[] {
  return ids
    .filter((id) => id !== null)
    .map((id, ordinal) => ({
      relation,
      ordinal,
      target_kind: kind,
      target_id: id,
      source_reference: null,
    }))
}
