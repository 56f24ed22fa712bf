import { z } from "zod"

const memoryItem = z.strictObject({
  title: z.string().min(5).max(200),
  description: z.string().min(10).max(500),
  content: z.string().min(20),
  error_context: z.record(z.string(), z.string()).nullable(),
  parent_memory_id: z.string().nullable(),
  derived_from: z.array(z.string()),
  evolution_stage: z.int().min(0),
  pattern_tags: z.array(z.string()).max(10),
  difficulty_level: z.enum(["simple", "moderate", "complex", "expert"]),
  domain_category: z.string().min(1),
})

const currentItem = memoryItem.extend({
  id: z.uuid(),
  created_at: z.string(),
  /** When the record was written; becomes the record's `timestamp`. */
  stored_at: z.string(),
})

const currentTrace = z.strictObject({
  id: z.uuid(),
  task: z.string().min(5),
  outcome: z.enum(["success", "failure", "partial"]),
  memory_items: z.array(currentItem).min(1),
})

/** An element of `traces.json`, exactly as the legacy program wrote it. */
const legacyTrace = z.strictObject({
  id: z.uuid(),
  task: z.string().min(5),
  trajectory: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).min(1),
  outcome: z.enum(["success", "failure"]),
  memory_items: z.array(memoryItem).min(1),
  timestamp: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  parent_trace_id: z.string().nullable(),
  related_trace_ids: z.array(z.string()),
})

/** One workspace of the sample bank, as authored. */
export const sampleWorkspaceSchema = z.strictObject({
  /** First 16 hexadecimal digits of the SHA-256 of `path`. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string(),
  path: z.string(),
  story: z.string(),
  legacy_traces: z.array(legacyTrace).default([]),
  traces: z.array(currentTrace),
})

export const sampleQueriesSchema = z.array(
  z.strictObject({ id: z.string(), workspace_id: z.string(), text: z.string() }),
)

export type SampleWorkspace = z.infer<typeof sampleWorkspaceSchema>
export type SampleQuery = z.infer<typeof sampleQueriesSchema>[number]
export type CurrentTrace = z.infer<typeof currentTrace>
export type CurrentItem = z.infer<typeof currentItem>
export type LegacyTrace = z.infer<typeof legacyTrace>
