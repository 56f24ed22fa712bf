import type { JsonValue } from "./json/json-value.ts"

/** Why a stored value is not what a strict reader would expect, or not literally what the source had. */
export type RowNote = {
  code: string
  field: string
  /** The source's value, when the stored one differs from it. */
  original?: JsonValue
}
