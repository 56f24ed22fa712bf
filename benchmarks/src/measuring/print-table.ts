/** Prints rows under a title, the first column to the left and the others to the right. */
export function printTable({
  title,
  columns,
  rows,
}: {
  title: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}) {
  const widths = columns.map((column, place) =>
    Math.max(column.length, ...rows.map((row) => (row[place] ?? "").length)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, place) => {
        const width = widths[place] ?? 0
        return place === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join("  ")
  console.log(`\n${title}\n${line(columns)}`)
  for (const row of rows) console.log(line(row))
}
