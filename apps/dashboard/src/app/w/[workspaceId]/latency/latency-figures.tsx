import { ComparedFigure } from "../../../../components/compared-figure.tsx"
import type { RetrievalStatistics } from "../../../../data/retrievals.ts"
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
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
      {places.map(({ label, place }) => (
        <ComparedFigure
          key={label}
          label={label}
          unit="milliseconds"
          better="less"
          now={percentile({ values: durations, place })}
          before={percentile({ values: durationsBefore, place })}
          against={against}
          missing="Not measured"
          href="#slowest"
        />
      ))}
      <ComparedFigure
        label="Searches"
        unit="count"
        now={statistics.searches}
        before={statisticsBefore?.searches ?? null}
        against={against}
        href="#slowest"
      />
      <ComparedFigure
        label="Failed"
        unit="percent"
        better="less"
        now={statistics.errorRate}
        before={statisticsBefore?.errorRate ?? null}
        against={against}
        missing="No search recorded"
        href="#slowest"
      />
    </div>
  )
}
