import { v5 } from "uuid"
import type { RowKind } from "../migration-target.ts"
import { replaceUnstorable } from "./storable.ts"

/** Namespace of the UUIDs derived here, itself a random UUID chosen once. */
const namespace = "5c0b5d4e-3f0a-4f8e-9d0a-6a1c8f7b2e31"
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export type RowId = {
  /** UUID, lower case. */
  id: string
  /** The source's id, when it is not literally this UUID. */
  sourceId: string | null
}

/**
 * Keeps a UUID; any other id becomes a UUIDv5 of it as it is stored, always the same one (RFC 9562,
 * section 5.5).
 */
export function rowId({ kind, sourceId }: { kind: RowKind; sourceId: string }): RowId {
  if (uuid.test(sourceId)) {
    const id = sourceId.toLowerCase()
    return { id, sourceId: id === sourceId ? null : sourceId }
  }
  return { id: v5(`${kind}:${replaceUnstorable(sourceId)}`, namespace), sourceId }
}

/** A UUIDv5 for a row the source gave no id, from what makes it that row. */
export function derivedRowId({ kind, parts }: { kind: RowKind; parts: string[] }): string {
  return v5(`${kind} without id:${JSON.stringify(parts)}`, namespace)
}
