import { readInstant } from "./read-instant.ts"

/** What a list or search lets through; of several values of one filter any will do. */
export type MemoryFilters = {
  outcome: readonly string[]
  domain: readonly string[]
  tag: readonly string[]
  difficulty: readonly string[]
  /** Those learned from a mistake, or all others. */
  errors: "only" | "without" | null
  /** A date, or an instant with its zone. */
  from: string | null
  to: string | null
  /** A generation such as "2", or "2+" for it and all later ones. */
  stage: string | null
}

/** The arguments by which every SQL function that lists or searches memories is told of the filters. */
export function memoryFilterArguments({
  workspaceId,
  filters: { outcome, domain, tag, difficulty, errors, from, to, stage },
}: {
  workspaceId: string
  filters: MemoryFilters
}) {
  const createdFrom = readInstant({ value: from, edge: "from" })
  const createdTo = readInstant({ value: to, edge: "to" })
  const stages = readStage(stage)
  return {
    workspace_filter: [workspaceId],
    ...(outcome.length > 0 && { outcome_filter: [...outcome] }),
    ...(domain.length > 0 && { domain_filter: [...domain] }),
    ...(tag.length > 0 && { tag_filter: [...tag] }),
    ...(difficulty.length > 0 && { difficulty_filter: [...difficulty] }),
    ...(errors === "only" && { only_errors: true }),
    ...(errors === "without" && { include_errors: false }),
    ...(createdFrom !== null && { created_from: createdFrom }),
    ...(createdTo !== null && { created_to: createdTo }),
    ...(stages?.min !== undefined && { min_evolution_stage: stages.min }),
    ...(stages?.max !== undefined && { max_evolution_stage: stages.max }),
  }
}

function readStage(stage: string | null): { min: number; max?: number } | null {
  const [, digits, andLater] = /^(\d{1,9})(\+?)$/.exec(stage?.trim() ?? "") ?? []
  if (digits === undefined) return null
  const min = Number(digits)
  return andLater === "+" ? { min } : { min, max: min }
}
