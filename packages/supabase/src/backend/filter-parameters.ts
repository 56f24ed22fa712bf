import type { ParsedMemoryFilter, ParsedTraceFilter } from "@reasoningbank/core/storage-driver"

/** A filter as the search and list functions take it. */
export function memoryFilterParameters({
  domain,
  tags,
  difficulty,
  errors,
  outcome,
  minStage,
  maxStage,
  createdFrom,
  createdBefore,
}: ParsedMemoryFilter) {
  return {
    domain_filter: listOf(domain),
    tag_filter: tags ?? null,
    difficulty_filter: listOf(difficulty),
    include_errors: errors !== "without",
    only_errors: errors === "only",
    outcome_filter: listOf(outcome),
    min_evolution_stage: minStage ?? null,
    max_evolution_stage: maxStage ?? null,
    created_from: createdFrom ?? null,
    created_to: createdBefore ?? null,
  }
}

export function traceFilterParameters({
  domain,
  outcome,
  createdFrom,
  createdBefore,
}: ParsedTraceFilter) {
  return {
    outcome_filter: listOf(outcome),
    domain_filter: listOf(domain),
    created_from: createdFrom ?? null,
    created_to: createdBefore ?? null,
  }
}

function listOf(value: string | undefined): string[] | null {
  return value === undefined ? null : [value]
}
