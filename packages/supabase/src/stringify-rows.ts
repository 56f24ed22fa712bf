import { stringifyJson } from "@reasoningbank/core"
import type { StagedColumn } from "./staged-columns.ts"

const digitsOfFloat32 = 9

/** Rows as a JSON array of objects that `jsonb_populate_recordset` reads, every number with all its digits. */
export function stringifyRows<Row>({
  rows,
  columns,
}: {
  rows: readonly Row[]
  columns: readonly StagedColumn<Row>[]
}): string {
  const texts = rows.map((row) => {
    const members = columns.map((column) => `"${column.name}":${stringifyColumn({ column, row })}`)
    return `{${members.join(",")}}`
  })
  return `[${texts.join(",")}]`
}

function stringifyColumn<Row>({ column, row }: { column: StagedColumn<Row>; row: Row }): string {
  switch (column.type) {
    case "int4":
      return String(column.value(row))
    case "jsonb":
      return stringifyJson(column.value(row))
    case "bytea":
      return hexLiteral(column.value(row))
    case "vector":
      return vectorLiteral(column.value(row))
    default:
      return JSON.stringify(column.value(row))
  }
}

function hexLiteral(bytes: Uint8Array | null): string {
  return bytes === null ? "null" : `"\\\\x${Buffer.from(bytes).toString("hex")}"`
}

/** Nine digits tell all float32 values apart; as a string, Postgres does not read each as a decimal first. */
function vectorLiteral(vector: Float32Array | null): string {
  if (vector === null) return "null"
  let text = ""
  for (const value of vector) {
    text += `${text === "" ? "" : ","}${Object.is(value, -0) ? "-0" : value.toPrecision(digitsOfFloat32)}`
  }
  return `"[${text}]"`
}
