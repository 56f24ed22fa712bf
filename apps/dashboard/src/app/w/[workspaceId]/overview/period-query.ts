import type { TimeRange } from "../../../../time-range.ts"

/** The stretch of time of this page as the address of another one takes it. */
export function periodQuery({ period, isCustom, from, to }: TimeRange): string {
  return isCustom ? `?from=${from}&to=${to}` : `?period=${period}`
}
