import { hasErrorContext, type StoredMemoryItem, type TraceSummary } from "./stored-rows.ts"

/** What a backend counts. */
export type WorkspaceCounts = {
  totalTraces: number
  successTraces: number
  failureTraces: number
  partialTraces: number
  /** Any other outcome, none included. */
  otherOutcomeTraces: number
  totalMemories: number
  memoriesWithErrors: number
  embeddedMemories: number
  memoriesWithoutTrace: number
  difficultyDistribution: Record<string, number>
  domainDistribution: Record<string, number>
  patternTagFrequency: Record<string, number>
  evolutionStageDistribution: Record<string, number>
  /** UTC, microseconds; null when no trace has a time. */
  firstTraceAt: string | null
  lastTraceAt: string | null
}

/** A workspace in numbers. Rates are percent with two decimals, null when there is nothing to divide by. */
export type WorkspaceStatistics = WorkspaceCounts & {
  workspaceId: string
  /** Of all traces; partial ones and unknown outcomes count against it. */
  successRate: number | null
  avgEvolutionStage: number | null
  /** Memories with a vector, of all. */
  embeddingCoverage: number | null
}

export function completeStatistics({
  workspaceId,
  counts,
}: {
  workspaceId: string
  counts: WorkspaceCounts
}): WorkspaceStatistics {
  const stages = Object.entries(counts.evolutionStageDistribution)
  const sum = stages.reduce((total, [stage, count]) => total + Number(stage) * count, 0)
  return {
    workspaceId,
    ...counts,
    successRate: percent(counts.successTraces, counts.totalTraces),
    avgEvolutionStage: counts.totalMemories === 0 ? null : round(sum / counts.totalMemories),
    embeddingCoverage: percent(counts.embeddedMemories, counts.totalMemories),
  }
}

/** Counts rows one by one: what every faster way must agree with. */
export function countWorkspace({
  traces,
  memories,
}: {
  traces: Iterable<Pick<TraceSummary, "outcome" | "createdAt">>
  memories: Iterable<StoredMemoryItem>
}): WorkspaceCounts {
  const outcomes = new Map<string, number>()
  const times: string[] = []
  for (const { outcome, createdAt } of traces) {
    const name = outcome === "success" || outcome === "failure" || outcome === "partial"
    add(outcomes, name ? outcome : "other")
    if (createdAt !== null) times.push(createdAt)
  }
  times.sort()
  const difficulties = new Map<string, number>()
  const domains = new Map<string, number>()
  const tags = new Map<string, number>()
  const stages = new Map<string, number>()
  const totals = { memories: 0, errors: 0, embedded: 0, orphans: 0 }
  for (const memory of memories) {
    totals.memories++
    if (hasErrorContext(memory)) totals.errors++
    if (memory.embeddingModel !== null) totals.embedded++
    if (memory.traceId === null) totals.orphans++
    if (memory.difficultyLevel !== null) add(difficulties, memory.difficultyLevel)
    if (memory.domainCategory !== null) add(domains, memory.domainCategory)
    for (const tag of new Set(memory.patternTags)) add(tags, tag)
    add(stages, String(memory.evolutionStage))
  }
  const count = (outcome: string) => outcomes.get(outcome) ?? 0
  return {
    totalTraces: outcomes.values().reduce((total, some) => total + some, 0),
    successTraces: count("success"),
    failureTraces: count("failure"),
    partialTraces: count("partial"),
    otherOutcomeTraces: count("other"),
    totalMemories: totals.memories,
    memoriesWithErrors: totals.errors,
    embeddedMemories: totals.embedded,
    memoriesWithoutTrace: totals.orphans,
    difficultyDistribution: Object.fromEntries(difficulties),
    domainDistribution: Object.fromEntries(domains),
    patternTagFrequency: Object.fromEntries(tags),
    evolutionStageDistribution: Object.fromEntries(stages),
    firstTraceAt: times.at(0) ?? null,
    lastTraceAt: times.at(-1) ?? null,
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : round((part / whole) * 100)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
