import { compareFigures } from "../../../../compare-figures.ts"
import { StatFigure } from "../../../../components/stat-figure.tsx"
import type { RetrievalStatistics } from "../../../../data/retrievals.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import type { TimeRange } from "../../../../time-range.ts"
import { percentile } from "./percentile.ts"

const places = [
  { label: "Median", place: 0.5 },
  { label: "95 of 100 within", place: 0.95 },
  { label: "99 of 100 within", place: 0.99 },
]

/** The percentiles of the range, how many searches there were, and how many failed. */
export function LatencyFigures({
  durations,
  durationsBefore,
  statistics,
  statisticsBefore,
  range,
}: {
  durations: readonly (number | null)[]
  durationsBefore: readonly (number | null)[]
  statistics: RetrievalStatistics
  statisticsBefore: RetrievalStatistics | null
  range: TimeRange
}) {
  const against = range.beforePhrase
  const searchesBefore = statisticsBefore?.searches ?? null
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
      {places.map(({ label, place }) => {
        const now = percentile({ values: durations, place })
        return (
          <StatFigure
            key={label}
            label={label}
            value={now === null ? null : formatFigure({ value: now, unit: "milliseconds" })}
            missing="Not measured"
            href="#slowest"
            change={compareFigures({
              now,
              before: percentile({ values: durationsBefore, place }),
              unit: "milliseconds",
              better: "less",
              against,
            })}
          />
        )
      })}
      <StatFigure
        label="Searches"
        value={formatFigure({ value: statistics.searches, unit: "count" })}
        href="#slowest"
        change={compareFigures({
          now: statistics.searches,
          before: searchesBefore,
          unit: "count",
          against,
        })}
      />
      <StatFigure
        label="Failed"
        value={
          statistics.errorRate === null
            ? null
            : formatFigure({ value: statistics.errorRate, unit: "percent" })
        }
        missing="No search recorded"
        href="#slowest"
        change={compareFigures({
          now: statistics.errorRate,
          before: statisticsBefore?.errorRate ?? null,
          unit: "percent",
          better: "less",
          against,
        })}
      />
    </div>
  )
}
