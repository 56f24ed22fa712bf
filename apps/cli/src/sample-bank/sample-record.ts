import { parseJson, pythonJson } from "@reasoningbank/core"
import { documentOf } from "./read-sample-texts.ts"
import type { CurrentItem, CurrentTrace, LegacyTrace } from "./sample-workspace.ts"

/** One record of the sample's Chroma collection. */
export type SampleRecord = {
  id: string
  document: string
  metadata: Record<string, string | number | boolean> & { timestamp: string }
  embedding: Float32Array
}

/** Current dialect: one record per memory item, the item itself as JSON in `memory_data`. */
export function currentRecord({
  workspaceId,
  trace,
  item,
  embedding,
}: {
  workspaceId: string
  trace: CurrentTrace
  item: CurrentItem
  embedding: Float32Array
}): SampleRecord {
  const { stored_at, ...memory } = item
  return {
    id: item.id,
    document: documentOf(item),
    metadata: {
      trace_id: trace.id,
      task: trace.task.slice(0, 500),
      outcome: trace.outcome,
      timestamp: stored_at,
      memory_data: pythonJson(parseJson(JSON.stringify(memory))),
      workspace_id: workspaceId,
      domain_category: item.domain_category,
      difficulty_level: item.difficulty_level,
      ...(item.error_context === null ? {} : { has_error_context: true }),
    },
    embedding,
  }
}

/** Legacy dialect: one record per trace; the items are in `traces.json`. No workspaces yet. */
export function legacyRecord({
  trace,
  embedding,
}: {
  trace: LegacyTrace
  embedding: Float32Array
}): SampleRecord {
  const [first] = trace.memory_items
  return {
    id: trace.id,
    document: trace.task,
    metadata: {
      outcome: trace.outcome,
      timestamp: trace.timestamp,
      num_memories: trace.memory_items.length,
      difficulty: first?.difficulty_level ?? "unknown",
      domain: first?.domain_category ?? "general",
      has_parent: trace.parent_trace_id !== null,
    },
    embedding,
  }
}
