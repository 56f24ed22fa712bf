import { stringifyJson } from "@reasoningbank/core"
import { type CopyBinaryEncoder, createCopyBinaryEncoder } from "./copy-binary-encoder.ts"
import type { StagedColumn } from "./staged-columns.ts"

const expectedBytesPerRow = 4_096

/** Rows as binary COPY data, their columns in the order given. */
export function encodeCopyRows<Row>({
  rows,
  columns,
}: {
  rows: readonly Row[]
  columns: readonly StagedColumn<Row>[]
}): Uint8Array {
  const encoder = createCopyBinaryEncoder({ initialBytes: rows.length * expectedBytesPerRow })
  for (const row of rows) {
    encoder.row(columns.length)
    for (const column of columns) encodeColumn({ encoder, column, row })
  }
  return encoder.finish()
}

function encodeColumn<Row>({
  encoder,
  column,
  row,
}: {
  encoder: CopyBinaryEncoder
  column: StagedColumn<Row>
  row: Row
}): void {
  switch (column.type) {
    case "text":
      encoder.text(column.value(row))
      break
    case "uuid":
      encoder.uuid(column.value(row))
      break
    case "timestamptz":
      encoder.timestamptz(column.value(row))
      break
    case "int4":
      encoder.int4(column.value(row))
      break
    case "text[]":
      encoder.textArray(column.value(row))
      break
    case "jsonb": {
      const value = column.value(row)
      encoder.jsonb(value === null ? null : stringifyJson(value))
      break
    }
    case "bytea":
      encoder.bytea(column.value(row))
      break
    case "vector":
      encoder.vector(column.value(row))
      break
  }
}
