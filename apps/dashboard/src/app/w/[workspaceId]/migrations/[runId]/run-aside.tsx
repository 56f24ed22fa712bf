import { Card, CardHeader } from "../../../../../components/card.tsx"
import { Fact, FactList } from "../../../../../components/fact-list.tsx"
import { JsonView } from "../../../../../components/json-view.tsx"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import { ShownId } from "../../../../../components/shown-id.tsx"
import type { RunDetails } from "../../../../../data/migration-run.ts"
import { formatFigure } from "../../../../../format/format-figure.ts"
import { formatDuration } from "../format-duration.ts"
import { sourceName } from "../source-name.ts"

/** How long each phase took, and what the run was told. */
export function RunAside({ details }: { details: RunDetails }) {
  const { run, timings, timezone, options } = details
  return (
    <aside aria-label="About this run" className="flex min-w-0 flex-col gap-4">
      <Card className="pb-3">
        <CardHeader title="Time" />
        {timings === null ? (
          <p className="px-4 text-ink-muted text-sm">
            {run.finishedAt === null ? "– Not over yet." : "– Not told, or not measured."}
          </p>
        ) : (
          <Timings timings={timings} />
        )}
      </Card>
      <Card className="px-4 py-3">
        <h2 className="font-medium text-base">Record</h2>
        <FactList>
          <Fact name="Source">{sourceName(run.source.kind)}</Fact>
          <Fact name="Started">
            <OptionalTime time={run.startedAt} />
          </Fact>
          <Fact name="Ended">
            <OptionalTime time={run.finishedAt} missing="It has not ended" />
          </Fact>
          {run.rolledBackAt !== null && (
            <Fact name="Rolled back">
              <OptionalTime time={run.rolledBackAt} />
            </Fact>
          )}
          <Fact name="Times read in">{timezone}</Fact>
          <Fact name="Id">
            <ShownId id={run.id} />
          </Fact>
        </FactList>
      </Card>
      {Object.keys(options).length > 0 && (
        <Card className="px-4 py-3">
          <h2 className="mb-2 font-medium text-base">Options</h2>
          <JsonView value={options} label="Options" />
        </Card>
      )}
    </aside>
  )
}

function Timings({ timings }: { timings: NonNullable<RunDetails["timings"]> }) {
  const { read_ms, write_ms, verify_ms, total_ms, rows_per_second } = timings
  const phases = [
    { name: "Reading", value: read_ms },
    { name: "Writing", value: write_ms },
    { name: "Verifying", value: verify_ms },
  ]
  return (
    <>
      <dl className="grid gap-2 px-4 text-sm">
        {phases.map(({ name, value }) => (
          <div key={name} className="grid grid-cols-[5rem_minmax(0,1fr)_5rem] items-center gap-3">
            <dt className="text-ink-muted">{name}</dt>
            <dd aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
              <span
                className="block h-full bg-(--chart-1)"
                style={{
                  width: `${total_ms === 0 ? 0 : Math.min(100, (100 * value) / total_ms)}%`,
                }}
              />
            </dd>
            <dd className="text-right tabular-nums">{formatDuration(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="px-4 pt-3 text-ink-muted text-sm">
        {formatDuration(total_ms)} in all, {formatFigure({ value: rows_per_second, unit: "count" })}{" "}
        rows a second. Phases may overlap.
      </p>
    </>
  )
}
