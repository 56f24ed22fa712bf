import type { MigrationReport, TargetDescription } from "@reasoningbank/core"
import { formatBytes, formatCount, formatDuration } from "./format-figures.ts"

/** Rows a second to plan with, writing and verifying; benchmarks/ measures the real ones. */
const plannedRates = { postgres: 4_000, embedded: 1_500, api: 800 } as const
/** A row with its vector, text and indexes. */
const plannedRowBytes = 5_000

/** What a real run would take, for planning: an estimate, and said to be one. */
export function printProjection({
  report,
  description,
}: {
  report: MigrationReport
  description: TargetDescription
}): string[] {
  const rows = report.counts.traces.written + report.counts.memory_items.written
  const all = report.counts.traces.read + report.counts.memory_items.read
  const time = (rows / plannedRates[description.kind]) * 1_000 + report.timings.total_ms
  const now =
    description.databaseBytes === null
      ? ""
      : ` (the database has ${formatBytes(description.databaseBytes)} now)`
  return [
    `A real run would add about ${formatBytes(rows * plannedRowBytes)}${now} and take about ${formatDuration(time)} for ${formatCount(all)} rows. Both are estimates.`,
  ]
}
