import { createTimestampReader, type WorkspaceCounts } from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import type { SupabaseApi } from "./supabase-api.ts"

const readTimestamp = createTimestampReader("UTC")
const count = z.coerce.number()
const distribution = z.record(z.string(), count)
const time = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : readTimestamp(text).instant))

const statisticsSchema = z.object({
  total_traces: count,
  success_traces: count,
  failure_traces: count,
  partial_traces: count,
  other_outcome_traces: count,
  total_memories: count,
  memories_with_errors: count,
  memories_without_trace: count,
  embedded_memories: count,
  difficulty_distribution: distribution,
  domain_distribution: distribution,
  evolution_stage_distribution: distribution,
  pattern_tag_frequency: distribution,
  first_trace_at: time,
  last_trace_at: time,
})

export async function readWorkspaceCounts({
  api,
  workspaceId,
}: {
  api: SupabaseApi
  workspaceId: string
}): Promise<WorkspaceCounts> {
  const [found] = await api.callForRows("get_statistics", { workspace_filter: [workspaceId] })
  const row = parseRow({ api, schema: statisticsSchema, row: found })
  return {
    totalTraces: row.total_traces,
    successTraces: row.success_traces,
    failureTraces: row.failure_traces,
    partialTraces: row.partial_traces,
    otherOutcomeTraces: row.other_outcome_traces,
    totalMemories: row.total_memories,
    memoriesWithErrors: row.memories_with_errors,
    embeddedMemories: row.embedded_memories,
    memoriesWithoutTrace: row.memories_without_trace,
    difficultyDistribution: row.difficulty_distribution,
    domainDistribution: row.domain_distribution,
    patternTagFrequency: row.pattern_tag_frequency,
    evolutionStageDistribution: row.evolution_stage_distribution,
    firstTraceAt: row.first_trace_at,
    lastTraceAt: row.last_trace_at,
  }
}
