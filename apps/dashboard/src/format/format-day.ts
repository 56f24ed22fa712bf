const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")

/** A day such as 2026-10-08 as "8 Oct 2026", or without its year as "8 Oct"; the same in every browser. */
export function formatDay(day: string, { hasYear = true }: { hasYear?: boolean } = {}): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number)
  const text = `${date} ${months[(month ?? 1) - 1]}`
  return hasYear ? `${text} ${year}` : text
}

/** The month of a day as "Oct 2026", or without its year as "Oct". */
export function formatMonth(day: string, { hasYear = true }: { hasYear?: boolean } = {}): string {
  return formatDay(day, { hasYear }).replace(/^\d+ /, "")
}

/** Two days as "1 to 30 Sep 2026", leaving out what they share. */
export function formatDays({ from, to }: { from: string; to: string }): string {
  if (from === to) return formatDay(to)
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))} to ${formatDay(to)}`
  const hasYear = from.slice(0, 4) !== to.slice(0, 4)
  return `${formatDay(from, { hasYear })} to ${formatDay(to)}`
}
