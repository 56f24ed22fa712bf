import { z } from "zod"
import { excerptAround } from "../search-words/excerpt-around.ts"

/** Why a search found a memory. Null parts are those it did not look at. */
export type Why = {
  similarity: number | null
  recency: number | null
  error: number
  score: number
  semanticRank: number | null
  keywordRank: number | null
}

/** A memory item as lists and searches show it. */
export type MemoryRow = {
  id: string
  traceId: string | null
  title: string
  description: string | null
  /** The part of its content where the words of the search are; else its beginning. */
  excerpt: string
  tags: readonly string[]
  difficulty: string | null
  domain: string | null
  stage: number
  isFromError: boolean
  outcome: string | null
  /** That of the item, or else of its trace. */
  createdAt: string | null
  why: Why
}

const foundMemory = z.object({
  workspace_id: z.string(),
  id: z.string(),
  trace_id: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  content: z.string(),
  error_context: z.unknown(),
  pattern_tags: z.array(z.string()).nullable(),
  difficulty_level: z.string().nullable(),
  domain_category: z.string().nullable(),
  evolution_stage: z.number(),
  created_at: z.string().nullable(),
  updated_at: z.string(),
  source_id: z.string().nullable(),
  trace_task: z.string().nullable(),
  trace_outcome: z.string().nullable(),
  trace_created_at: z.string().nullable(),
  similarity: z.number().nullable(),
  recency: z.number().nullable(),
  error: z.number(),
  score: z.number(),
  semantic_rank: z.number().nullable(),
  keyword_rank: z.number().nullable(),
})

/** A row of the type `found_memory_item` that every search and list of memories answers with. */
export type FoundMemory = z.infer<typeof foundMemory>

export function parseFoundMemories(rows: readonly unknown[]): FoundMemory[] {
  return z.array(foundMemory).parse(rows)
}

export function toMemoryRow({
  found,
  words,
}: {
  found: FoundMemory
  words: readonly string[]
}): MemoryRow {
  return {
    id: found.id,
    traceId: found.trace_id,
    title: found.title,
    description: found.description,
    excerpt: excerptAround({ text: found.content, words, length: 220 }),
    tags: found.pattern_tags ?? [],
    difficulty: found.difficulty_level,
    domain: found.domain_category,
    stage: found.evolution_stage,
    isFromError: found.error === 1,
    outcome: found.trace_outcome,
    createdAt: found.created_at ?? found.trace_created_at,
    why: {
      similarity: found.similarity,
      recency: found.recency,
      error: found.error,
      score: found.score,
      semanticRank: found.semantic_rank,
      keywordRank: found.keyword_rank,
    },
  }
}
