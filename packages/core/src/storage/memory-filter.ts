import { z } from "zod"
import { hasErrorContext, type StoredMemoryItem, type TraceSummary } from "./stored-rows.ts"
import { instantField, textField } from "./write-fields.ts"

const word = textField({ shortest: 1, longest: 500 })
const stage = z.int().min(0)

/** Which memory items count. Every key narrows; a key that is left out lets all through. */
export const memoryFilterSchema = z
  .strictObject({
    domain: word,
    /** Items with any of these tags. */
    tags: z.array(word).min(1),
    difficulty: word,
    /** `only` those with an error context, or only those `without`. */
    errors: z.enum(["only", "without"]),
    /** Outcome of the trace they were distilled from. */
    outcome: word,
    minStage: stage,
    maxStage: stage,
    /** From this time on; items of unknown time are left out. */
    createdFrom: instantField,
    /** Before this time; items of unknown time are left out. */
    createdBefore: instantField,
  })
  .partial()

/** Which traces count. `domain`: traces that have a memory item of it. */
export const traceFilterSchema = memoryFilterSchema.pick({
  outcome: true,
  createdFrom: true,
  createdBefore: true,
  domain: true,
})

export type MemoryFilter = z.input<typeof memoryFilterSchema>
export type TraceFilter = z.input<typeof traceFilterSchema>
export type ParsedMemoryFilter = z.output<typeof memoryFilterSchema>
export type ParsedTraceFilter = z.output<typeof traceFilterSchema>

export function matchesMemoryFilter({
  memory,
  filter,
}: {
  memory: StoredMemoryItem
  filter: ParsedMemoryFilter
}): boolean {
  const { domain, tags, difficulty, errors, outcome, minStage, maxStage } = filter
  if (domain !== undefined && memory.domainCategory !== domain) return false
  if (tags !== undefined && !tags.some((tag) => memory.patternTags?.includes(tag))) return false
  if (difficulty !== undefined && memory.difficultyLevel !== difficulty) return false
  if (errors !== undefined && hasErrorContext(memory) !== (errors === "only")) return false
  if (outcome !== undefined && memory.traceOutcome !== outcome) return false
  if (minStage !== undefined && memory.evolutionStage < minStage) return false
  if (maxStage !== undefined && memory.evolutionStage > maxStage) return false
  return isWithin({ createdAt: memory.createdAt, filter })
}

export function matchesTraceFilter({
  trace,
  memories,
  filter,
}: {
  trace: TraceSummary
  /** Its memory items. */
  memories: readonly StoredMemoryItem[]
  filter: ParsedTraceFilter
}): boolean {
  const { domain, outcome } = filter
  if (outcome !== undefined && trace.outcome !== outcome) return false
  if (domain !== undefined && !memories.some((memory) => memory.domainCategory === domain)) {
    return false
  }
  return isWithin({ createdAt: trace.createdAt, filter })
}

/** Times are texts of one form and one length, so their order is the order of the texts. */
function isWithin({
  createdAt,
  filter: { createdFrom, createdBefore },
}: {
  createdAt: string | null
  filter: Pick<ParsedMemoryFilter, "createdFrom" | "createdBefore">
}): boolean {
  if (createdFrom !== undefined && (createdAt === null || createdAt < createdFrom)) return false
  return createdBefore === undefined || (createdAt !== null && createdAt < createdBefore)
}
