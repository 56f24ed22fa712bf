import { z } from "zod"
import type { TallyState } from "./verification-tally.ts"
import { emptyTallyState } from "./verification-tally.ts"

/** How far a comparison is. What only the source decides is computed anew; what the target answered is kept. */
export type Checkpoint = {
  pages: number
  records: number
  /** Of the source rows of these pages: a source that changed meanwhile is noticed. */
  sourceDigest: string
  targetDigest: string
  tally: TallyState
  savedAt: string
}

const shape = z.object({
  pages: z.int(),
  records: z.int(),
  sourceDigest: z.string(),
  targetDigest: z.string(),
  savedAt: z.string(),
  tally: z.custom<TallyState>((value) => typeof value === "object" && value !== null),
})

export function emptyCheckpoint(): Checkpoint {
  return {
    pages: 0,
    records: 0,
    sourceDigest: "0",
    targetDigest: "0",
    tally: emptyTallyState(),
    savedAt: new Date().toISOString(),
  }
}

/** Null for one that can not be read, which is then as if there were none. */
export function parseCheckpoint(text: string | null): Checkpoint | null {
  if (text === null) return null
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}
