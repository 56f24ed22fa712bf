import type { LineageLink, LineageRelation, LinkedKind } from "../lineage-link.ts"
import type { FieldReader } from "./field-reader.ts"
import { rowId } from "./row-id.ts"

/** Reads one reference or a list of them; empty references are no links, repeated ones count once. */
export function lineageLinks({
  reader,
  key,
  relation,
  targetKind,
}: {
  reader: FieldReader
  key: string
  relation: LineageRelation
  targetKind: LinkedKind
}): LineageLink[] {
  const isList = Array.isArray(reader.take(key))
  const single = isList ? null : reader.text(key)
  const references = isList ? (reader.texts(key) ?? []) : single === null ? [] : [single]
  const distinct = [...new Set(references)].filter((reference) => reference !== "")
  return distinct.map((reference, ordinal) => {
    const { id, sourceId } = rowId({ kind: targetKind, sourceId: reference })
    return { relation, ordinal, targetKind, targetId: id, sourceReference: sourceId }
  })
}
