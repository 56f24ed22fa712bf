const formula = /^[=+\-@\t\r\n]/

/**
 * A value as a cell of a CSV file (RFC 4180). `isDefused` puts an apostrophe before a text that a spreadsheet would run as
 * a formula (OWASP, CSV injection).
 */
export function csvCell({ value, isDefused }: { value: unknown; isDefused: boolean }): string {
  if (value === null || value === undefined) return ""
  if (typeof value === "number") return `${value}`
  const text = typeof value === "string" ? value : JSON.stringify(value)
  const safe = isDefused && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
