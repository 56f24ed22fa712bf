import type { ChartRow } from "../../../../charts/chart-data.ts"
import type { LatencyBucket } from "../../../../data/latency.ts"
import { formatDay, formatDays } from "../../../../format/format-day.ts"
import { addDays, type Days, daysBetween, type TimeRange } from "../../../../time-range.ts"

const hourInMs = 3_600_000
/** Where the database's stretches begin; a Monday. */
const originInMs = Date.UTC(2000, 0, 3)

/** How long a stretch of the charts is: hours up to two days, days up to a month, weeks up to a year, else four weeks. */
export function bucketHours({ from, to }: Pick<TimeRange, "from" | "to">): number {
  const days = from === null ? Number.POSITIVE_INFINITY : daysBetween({ from, to })
  if (days <= 2) return 1
  return 24 * (days <= 31 ? 1 : days <= 371 ? 7 : 28)
}

/** One row for each stretch of the range up to now, for one backend; stretches without a search have gaps. */
export function latencyRows({
  buckets,
  backend,
  range,
  now,
}: {
  buckets: readonly LatencyBucket[]
  backend: string
  range: Pick<TimeRange, "from" | "to">
  now: Date
}): ChartRow[] {
  const size = bucketHours(range) * hourInMs
  const known = new Map(
    buckets.filter((one) => one.backend === backend).map((one) => [Date.parse(one.start), one]),
  )
  const begin = range.from === null ? Math.min(...known.keys()) : Date.parse(range.from)
  const end = Math.min(Date.parse(addDays(range.to, 1)) - 1, now.getTime())
  const rows: ChartRow[] = []
  for (let start = begin - ((begin - originInMs) % size); start <= end; start += size) {
    rows.push({ ...name({ start, size }), values: valuesOf(known.get(start)) })
  }
  return rows
}

function valuesOf(bucket: LatencyBucket | undefined): ChartRow["values"] {
  if (bucket === undefined) return { answered: 0, failed: 0 }
  const { embedding, database, total, searches, errors } = bucket
  return {
    answered: searches - errors,
    failed: errors,
    embedding50: embedding.p50,
    embedding95: embedding.p95,
    embedding99: embedding.p99,
    database50: database.p50,
    database95: database.p95,
    database99: database.p99,
    total50: total.p50,
    total95: total.p95,
    total99: total.p99,
  }
}

function name({
  start,
  size,
}: {
  start: number
  size: number
}): Pick<ChartRow, "label" | "title"> & Days {
  const from = new Date(start).toISOString().slice(0, 10)
  const to = new Date(start + size - 1).toISOString().slice(0, 10)
  if (size > hourInMs) {
    return { label: formatDay(from, { hasYear: false }), title: formatDays({ from, to }), from, to }
  }
  const hour = new Date(start).toISOString().slice(11, 16)
  return { label: hour, title: `${formatDay(from)}, ${hour} UTC`, from, to }
}
