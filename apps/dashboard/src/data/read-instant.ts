const date = /^\d{4}-\d{2}-\d{2}$/

/**
 * The instant an address means: a time with its zone as it is, a date as the start of that day in UTC or, for `edge`
 * "to", of the day after. Null for what is neither.
 */
export function readInstant({
  value,
  edge,
}: {
  value: string | null
  edge: "from" | "to"
}): string | null {
  if (value === null) return null
  const time = Date.parse(value)
  if (Number.isNaN(time)) return null
  if (!date.test(value)) return /[zZ]$|[+-]\d{2}:?\d{2}$/.test(value) ? value : null
  const start = new Date(time)
  if (edge === "to") start.setUTCDate(start.getUTCDate() + 1)
  return start.toISOString()
}
