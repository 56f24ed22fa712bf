const longestDelayInMs = 8_000
const longestObeyedDelayInMs = 120_000

/**
 * How long to wait before the next attempt: what the server asked for (up to two minutes), else a random
 * time up to a limit that doubles with each attempt. Formula: "full jitter" of
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelayInMs({
  attempt,
  firstDelayInMs,
  retryAfter,
}: {
  /** Attempts made so far, from 1. */
  attempt: number
  firstDelayInMs: number
  /** The answer's `Retry-After` header: seconds or a date. */
  retryAfter: string | null
}): number {
  const asked = parseRetryAfter(retryAfter)
  if (asked !== null) return Math.min(asked, longestObeyedDelayInMs)
  return Math.random() * Math.min(longestDelayInMs, firstDelayInMs * 2 ** (attempt - 1))
}

function parseRetryAfter(header: string | null): number | null {
  if (header === null) return null
  const milliseconds = /^\s*\d+\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.now()
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds)
}
