import type { FieldReader } from "./field-reader.ts"
import type { SourceTimestamp, TimestampReader } from "./source-timestamp.ts"
import { storableText } from "./storable.ts"

/** Reads a timestamp and keeps its own text storable; one that can not be read is noted. */
export function timestampField({
  reader,
  key,
  readTimestamp,
}: {
  reader: FieldReader
  key: string
  readTimestamp: TimestampReader
}): Pick<SourceTimestamp, "instant" | "text"> {
  const { instant, text, reading } = readTimestamp(reader.take(key))
  if (reading === "unreadable") reader.notes.push({ code: "unreadable_timestamp", field: key })
  return {
    instant,
    text: text === null ? null : storableText({ text, field: key, notes: reader.notes }),
  }
}
