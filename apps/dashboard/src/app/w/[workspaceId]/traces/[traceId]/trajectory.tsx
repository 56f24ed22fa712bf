import { Trophy } from "lucide-react"
import { Badge } from "../../../../../components/badge.tsx"
import { JsonView } from "../../../../../components/json-view.tsx"
import type { JsonObject } from "../../../../../data/json-object.ts"
import { readTraceFigures } from "../read-trace-figures.ts"
import { parseTrajectory, type TrajectoryStep } from "./parse-trajectory.ts"
import { ScoreLine } from "./score-line.tsx"
import { StepItem } from "./step-item.tsx"

/** A trajectory as a timeline; attempts that ran beside each other one after the other, the taken one marked. */
export function Trajectory({
  trajectory,
  metadata,
}: {
  trajectory: unknown
  metadata: JsonObject
}) {
  const steps = parseTrajectory(trajectory)
  if (steps === null) {
    return (
      <div className="px-4">
        {trajectory === null || trajectory === undefined ? (
          <p className="text-ink-muted text-sm">The source kept no trajectory of this trace.</p>
        ) : (
          <JsonView value={trajectory} label="Trajectory" />
        )}
      </div>
    )
  }
  const { selectedAttempt } = readTraceFigures(metadata)
  const attempts = [...Map.groupBy(steps, ({ attempt }) => attempt)]
  return (
    <div className="flex flex-col gap-6 px-4">
      {attempts.map(([attempt, own]) => (
        <Attempt
          key={attempt ?? ""}
          name={
            attempts.length > 1 ? (attempt === null ? "All attempts" : `Attempt ${attempt}`) : null
          }
          steps={own}
          isSelected={attempt !== null && attempt === selectedAttempt}
        />
      ))}
    </div>
  )
}

function Attempt({
  name,
  steps,
  isSelected,
}: {
  name: string | null
  steps: readonly TrajectoryStep[]
  isSelected: boolean
}) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3 pb-3 empty:hidden">
        {name !== null && <h3 className="font-medium text-sm">{name}</h3>}
        {isSelected && (
          <Badge tone="success">
            <Trophy aria-hidden className="size-3.5" />
            Taken
          </Badge>
        )}
        <ScoreLine scores={steps.map(({ score }) => score)} />
      </div>
      <ol>
        {steps.map((step, place) => (
          <StepItem key={place} step={step} place={place} isLast={place === steps.length - 1} />
        ))}
      </ol>
    </div>
  )
}
