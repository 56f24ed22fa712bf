import { z } from "zod"
import { ReasoningBankError } from "../errors.ts"
import { compareIds } from "./rank-memories.ts"

/** Where a page ended. Lists are newest first, unknown times last, rows of one time in the order of their UUIDs. */
export type PagePosition = { createdAt: string | null; id: string }

const cursorSchema = z.tuple([z.string().nullable(), z.string().min(1)])

export function formatCursor({ createdAt, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString("base64url")
}

/** Raises `usage` for a text that no page gave. */
export function parseCursor(cursor: string): PagePosition {
  try {
    const [createdAt, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString()),
    )
    return { createdAt, id }
  } catch (cause) {
    throw new ReasoningBankError({
      code: "usage",
      message: "The cursor given is none that a page of this list ended with.",
      hint: "Give the nextCursor of the page before, or none for the first page.",
      cause,
    })
  }
}

function comparePositions({
  kind,
  first,
  second,
}: {
  kind: "trace" | "memory_item"
  first: PagePosition
  second: PagePosition
}): number {
  if (first.createdAt === second.createdAt) {
    return compareIds({ kind, first: first.id, second: second.id })
  }
  if (first.createdAt === null) return 1
  if (second.createdAt === null) return -1
  return first.createdAt > second.createdAt ? -1 : 1
}

/** The rows after a position, as many as a page holds. */
export function takePage<Row extends PagePosition>({
  kind,
  rows,
  after,
  limit,
}: {
  kind: "trace" | "memory_item"
  rows: Iterable<Row>
  after: PagePosition | null
  limit: number
}): Row[] {
  return [...rows]
    .filter((row) => after === null || comparePositions({ kind, first: after, second: row }) < 0)
    .sort((first, second) => comparePositions({ kind, first, second }))
    .slice(0, limit)
}
