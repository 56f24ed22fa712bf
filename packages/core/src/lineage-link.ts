export type LinkedKind = "trace" | "memory_item"

export type LineageRelation = "parent" | "derived_from" | "related"

/** An edge from a row to where it came from. The other end may be missing or in another workspace. */
export type LineageLink = {
  relation: LineageRelation
  /** Position within its relation, from 0. */
  ordinal: number
  targetKind: LinkedKind
  /** UUID of the other end. */
  targetId: string
  /** The reference as the source wrote it, when that is not the UUID itself. */
  sourceReference: string | null
}
