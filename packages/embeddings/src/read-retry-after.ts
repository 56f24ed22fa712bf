/** Milliseconds that `Retry-After` asks to wait: seconds or a date (RFC 9110, section 10.2.3); 0 without one. */
export function readRetryAfter(headers: Headers): number {
  const value = headers.get("retry-after")?.trim()
  if (value === undefined) return 0
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(wait) ? 0 : Math.max(wait, 0)
}
