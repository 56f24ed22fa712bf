import type { SqlRow } from "../sql-client.ts"

/** One row, as much of it as the statistics are made from. */
type CountedRow = {
  workspaceId: string
  /** Milliseconds since 1970, null without a time. */
  createdAt: number | null
  model: string | null
  bytes: number
}
export type CountedTrace = CountedRow & { outcome: string | null }
export type CountedMemoryItem = CountedRow & {
  domain: string | null
  difficulty: string | null
  stage: number
  tags: string[]
  hasError: boolean
  isOrphan: boolean
}
export type CountedRows = { traces: CountedTrace[]; memoryItems: CountedMemoryItem[] }

/** Two statements; `parseCountedRows` takes what they return. */
export const countedRowsSql = [
  `select workspace_id, outcome, extract(epoch from created_at) * 1000 as created_at,
     case when task_embedding is not null then embedding_model end as model,
     vector_dims, task, trajectory::text, metadata::text, extras::text, octet_length(source_embedding) as source_bytes
   from public.reasoning_traces, lateral (select extensions.vector_dims(task_embedding)) as v (vector_dims)`,
  `select workspace_id, domain_category, difficulty_level, evolution_stage, to_json(pattern_tags)::text as tags,
     extract(epoch from created_at) * 1000 as created_at,
     case when content_embedding is not null then embedding_model end as model,
     vector_dims, title, description, content, error_context::text, extras::text, trace_id,
     octet_length(source_embedding) as source_bytes
   from public.memory_items, lateral (select extensions.vector_dims(content_embedding)) as v (vector_dims)`,
]

export function parseCountedRows([traces = [], memoryItems = []]: SqlRow[][]): CountedRows {
  const common = (row: SqlRow, texts: string[]) => ({
    workspaceId: `${row.workspace_id}`,
    createdAt: row.created_at == null ? null : Number(row.created_at),
    model: row.model ?? null,
    bytes:
      texts.reduce((sum, column) => sum + Buffer.byteLength(row[column] ?? ""), 0) +
      4 * Number(row.vector_dims ?? 0) +
      Number(row.source_bytes ?? 0),
  })
  return {
    traces: traces.map((row) => ({
      ...common(row, ["task", "trajectory", "metadata", "extras"]),
      outcome: row.outcome ?? null,
    })),
    memoryItems: memoryItems.map((row) => ({
      ...common(row, ["title", "description", "content", "error_context", "extras"]),
      domain: row.domain_category ?? null,
      difficulty: row.difficulty_level ?? null,
      stage: Number(row.evolution_stage),
      tags: JSON.parse(row.tags ?? "[]"),
      hasError: ![null, undefined, "{}", "null", '""'].includes(row.error_context),
      isOrphan: row.trace_id === null,
    })),
  }
}

/** What `get_statistics` has to say of these workspaces, counted from their rows. */
export function statisticsOf(rows: CountedRows, workspaceIds: string[]) {
  const { traces, memoryItems } = narrowed(rows, workspaceIds)
  const outcomes = tally(traces.map(({ outcome }) => outcome))
  const [success, failure, partial] = ["success", "failure", "partial"].map((o) => outcomes[o] ?? 0)
  const percent = (part = 0, of: { length: number }) =>
    of.length === 0 ? null : (100 * part) / of.length
  const embeddedTraces = traces.filter(({ model }) => model !== null).length
  const embeddedMemories = memoryItems.filter(({ model }) => model !== null).length
  const stages = memoryItems.reduce((sum, { stage }) => sum + stage, 0)
  const times = traces.flatMap(({ createdAt }) => (createdAt === null ? [] : [createdAt]))
  return {
    total_traces: traces.length,
    success_traces: success,
    failure_traces: failure,
    partial_traces: partial,
    other_outcome_traces: traces.length - (success ?? 0) - (failure ?? 0) - (partial ?? 0),
    success_rate: percent(success, traces),
    failure_rate: percent(failure, traces),
    partial_rate: percent(partial, traces),
    total_memories: memoryItems.length,
    memories_with_errors: memoryItems.filter(({ hasError }) => hasError).length,
    memories_without_trace: memoryItems.filter(({ isOrphan }) => isOrphan).length,
    avg_evolution_stage: memoryItems.length === 0 ? null : stages / memoryItems.length,
    embedded_traces: embeddedTraces,
    embedded_memories: embeddedMemories,
    trace_embedding_coverage: percent(embeddedTraces, traces),
    embedding_coverage: percent(embeddedMemories, memoryItems),
    difficulty_distribution: tally(memoryItems.map(({ difficulty }) => difficulty)),
    domain_distribution: tally(memoryItems.map(({ domain }) => domain)),
    evolution_stage_distribution: tally(memoryItems.map(({ stage }) => `${stage}`)),
    pattern_tag_frequency: tally(memoryItems.flatMap(({ tags }) => [...new Set(tags)])),
    embedding_models: tally(memoryItems.map(({ model }) => model)),
    first_trace_at: times.length === 0 ? null : Math.min(...times),
    last_trace_at: times.length === 0 ? null : Math.max(...times),
    content_bytes: bytesOf(traces) + bytesOf(memoryItems),
  }
}

/** What `get_daily_growth` has to say of these workspaces, counted from their rows. */
export function dailyGrowthOf(rows: CountedRows, workspaceIds: string[]) {
  const { traces, memoryItems } = narrowed(rows, workspaceIds)
  const days = [...new Set([...traces, ...memoryItems].map(dayOf))]
  const withOutcome = (onDay: CountedTrace[], wanted: string) =>
    onDay.filter(({ outcome }) => outcome === wanted).length
  return days
    .sort((a, b) => (a ?? "9999-99").localeCompare(b ?? "9999-99"))
    .map((day) => {
      const tracesThen = traces.filter((row) => dayOf(row) === day)
      const itemsThen = memoryItems.filter((row) => dayOf(row) === day)
      return {
        day,
        traces: tracesThen.length,
        success_traces: withOutcome(tracesThen, "success"),
        failure_traces: withOutcome(tracesThen, "failure"),
        partial_traces: withOutcome(tracesThen, "partial"),
        memories: itemsThen.length,
        memories_with_errors: itemsThen.filter(({ hasError }) => hasError).length,
        content_bytes: bytesOf(tracesThen) + bytesOf(itemsThen),
      }
    })
}

function narrowed({ traces, memoryItems }: CountedRows, workspaceIds: string[]): CountedRows {
  const wanted = new Set(workspaceIds)
  const isWanted = ({ workspaceId }: CountedRow) => wanted.has(workspaceId)
  return { traces: traces.filter(isWanted), memoryItems: memoryItems.filter(isWanted) }
}

function dayOf({ createdAt }: CountedRow): string | null {
  return createdAt === null ? null : new Date(createdAt).toISOString().slice(0, 10)
}

function bytesOf(rows: CountedRow[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0)
}

function tally(values: (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
