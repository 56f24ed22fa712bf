/** A row of `lineage_links`, without the end it starts from. */
export type LinkRow = {
  relation: string
  ordinal: number
  target_kind: string
  target_id: string
  source_reference: string | null
}

/** A row of `reasoning_traces` as plain JSON; vectors are the hex of their little-endian float32 bytes. */
export type TraceRow = {
  workspace_id: string
  id: string
  source_id: string | null
  task: string
  vector: string | null
  embedding_status: string
  embedding_model: string | null
  trajectory: unknown
  outcome: string | null
  metadata: unknown
  created_at: string | null
  source_created_at: string | null
  extras: unknown
  notes: unknown
  links: LinkRow[]
}

/** A row of `memory_items`, likewise. */
export type MemoryRow = {
  workspace_id: string
  id: string
  source_id: string | null
  trace_id: string | null
  ordinal: number
  title: string
  description: string | null
  content: string
  vector: string | null
  embedding_status: string
  embedding_model: string | null
  error_context: unknown
  pattern_tags: string[] | null
  difficulty_level: string | null
  domain_category: string | null
  evolution_stage: number
  created_at: string | null
  source_created_at: string | null
  extras: unknown
  notes: unknown
  links: LinkRow[]
}

export function vectorHex(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString("hex")
}
