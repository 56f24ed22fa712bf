import { csvCell } from "./csv-cell.ts"
import type { ExportFormat } from "./export-format.ts"

type Row = Record<string, unknown>

/** The rows as a file, piece by piece: nothing is held back until the last page is read. */
export async function* encodeRows<Name extends string>({
  pages,
  columns,
  format,
  isDefused,
}: {
  pages: AsyncIterable<readonly Record<Name, unknown>[]>
  columns: readonly Name[]
  format: ExportFormat
  /** Whether cells of a CSV that look like formulas are made harmless. */
  isDefused: boolean
}): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  if (format === "csv") yield `\uFEFF${columns.join(",")}\r\n`
  if (format === "json") yield "["
  let isFirst = true
  for await (const page of pages) {
    let text = ""
    for (const row of page) {
      const picked: Row = Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
      if (format === "csv") {
        text += `${columns.map((name) => csvCell({ value: picked[name], isDefused })).join(",")}\r\n`
      } else if (format === "jsonl") {
        text += `${JSON.stringify(picked)}\n`
      } else {
        text += `${isFirst ? "\n" : ",\n"}${JSON.stringify(picked)}`
      }
      isFirst = false
    }
    if (text !== "") yield text
  }
  if (format === "json") yield "\n]\n"
}
