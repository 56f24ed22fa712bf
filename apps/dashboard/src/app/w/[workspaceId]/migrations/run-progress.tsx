import { Check } from "lucide-react"
import { Card } from "../../../../components/card.tsx"
import { classNames } from "../../../../components/class-names.ts"
import { Time } from "../../../../components/time.tsx"
import type { MigrationRun } from "../../../../data/migration-run.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import { formatCount } from "../../../../formats/format-count.ts"
import { formatDuration } from "./format-duration.ts"
import { timeLeft } from "./time-left.ts"

const phases = [
  { phase: "census", label: "Counting the source" },
  { phase: "copy", label: "Copying" },
  { phase: "index", label: "Building indexes" },
  { phase: "verify", label: "Verifying" },
]

/** A run that is at work: where it is, how fast, and how long it still takes. */
export function RunProgress({ run: { phase, progress, isWhole } }: { run: MigrationRun }) {
  const { fraction, done, total, rows, rowsPerSecond, updatedAt } = progress
  const percent = fraction === null ? null : 100 * fraction
  const left = timeLeft(progress)
  const at = phases.findIndex((one) => one.phase === phase)
  const label = phases[at]?.label ?? (phase === "rollback" ? "Rolling back" : "At work")
  const facts = [
    done !== null && total !== null && `${formatCount(done)} of ${formatCount(total)} records`,
    rows !== null && `${formatCount(rows)} rows`,
    rowsPerSecond !== null &&
      `${formatFigure({ value: rowsPerSecond, unit: "count" })} rows a second`,
    left !== null && `about ${formatDuration(left)} left in this phase`,
  ].filter((fact) => fact !== false)
  return (
    <Card aria-label="Progress" className="mb-4 p-4">
      <ol className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {phases.map((one, place) => (
          <li
            key={one.phase}
            aria-current={place === at ? "step" : undefined}
            className={classNames(
              "flex items-center gap-1.5",
              place === at ? "font-medium text-ink" : "text-ink-muted",
            )}
          >
            {place < at ? (
              <Check aria-hidden className="size-4 text-success" />
            ) : (
              <span
                aria-hidden
                className={classNames(
                  "size-2 rounded-full",
                  place === at ? "bg-accent" : "bg-line-strong/50",
                )}
              />
            )}
            {one.label}
            {place < at && <span className="sr-only">(done)</span>}
          </li>
        ))}
      </ol>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent !== null && { "aria-valuenow": Math.floor(percent) })}
        className="mt-3 h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={classNames("h-full bg-accent", percent === null && "w-1/3 animate-pulse")}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
      <p className="mt-2 flex flex-wrap gap-x-2 text-ink-muted text-sm tabular-nums">
        <span className="font-medium text-ink">
          {label}
          {percent !== null && ` ${Math.floor(percent)} %`}
        </span>
        {facts.map((fact) => (
          <span key={fact}>· {fact}</span>
        ))}
        {!isWhole && <span>· its figures are told to who owns all of its workspaces</span>}
        {updatedAt !== null && (
          <span>
            · as of <Time at={updatedAt} />
          </span>
        )}
      </p>
    </Card>
  )
}
