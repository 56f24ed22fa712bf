export type Column<Row> = {
  heading: string
  value: (row: Row) => string
  align?: "left" | "right"
}

/** Lines of a plain table, two spaces between columns, as wide as its content. */
export function formatTable<Row>({
  columns,
  rows,
}: {
  columns: Column<Row>[]
  rows: Row[]
}): string[] {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)))
  const lines = [columns.map(({ heading }) => heading), ...cells]
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? "").length)),
  )
  return lines.map((line) =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0
        return columns[index]?.align === "right" ? cell.padStart(width) : cell.padEnd(width)
      })
      .join("  ")
      .trimEnd(),
  )
}
