import { ChartCard } from "../../../../components/chart-card.tsx"
import { formatDay } from "../../../../format/format-day.ts"
import { rowsPath } from "../../../../frame/rows-path.ts"
import { CalendarHeatMap } from "./calendar-heat-map.tsx"
import { calendarWeeks } from "./calendar-weeks.ts"
import type { OverviewFacts } from "./overview-facts.ts"

/** Every day of the last year by how many traces it had. */
export function CalendarCard({ facts: { workspaceId, days, now } }: { facts: OverviewFacts }) {
  const today = now.toISOString().slice(0, 10)
  const weeks = calendarWeeks({ days, today }).map((week) =>
    week.map((day) => ({
      ...day,
      ...(day.traces > 0 && {
        href: rowsPath({
          workspaceId,
          page: "traces",
          filter: { from: day.day, to: day.day },
        }),
      }),
    })),
  )
  const active = weeks.flat().filter(({ traces }) => traces > 0)
  const traces = active.reduce((sum, day) => sum + day.traces, 0)
  return (
    <ChartCard
      title="Activity"
      description={`${traces} traces on ${active.length} days of the last year.`}
      table={{
        columns: ["Day", "Traces"],
        rows: active.toReversed().map((day) => [formatDay(day.day), String(day.traces)]),
        links: active.toReversed().map(({ href }) => href),
      }}
    >
      <CalendarHeatMap weeks={weeks} />
    </ChartCard>
  )
}
