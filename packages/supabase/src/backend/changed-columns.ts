import type { JsonObject } from "@reasoningbank/core"
import type { ParsedChanges } from "@reasoningbank/core/storage-driver"

/** The columns of the fields that change. */
export function changedColumns(changes: Omit<ParsedChanges, "embedding">): JsonObject {
  const columns = {
    title: changes.title,
    description: changes.description,
    content: changes.content,
    error_context: changes.errorContext,
    pattern_tags: changes.patternTags,
    difficulty_level: changes.difficultyLevel,
    domain_category: changes.domainCategory,
    evolution_stage: changes.evolutionStage,
  }
  const given: JsonObject = {}
  for (const [name, value] of Object.entries(columns)) if (value !== undefined) given[name] = value
  return given
}
