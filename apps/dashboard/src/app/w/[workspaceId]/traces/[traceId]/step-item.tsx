import { Brain, CircleCheck, FlaskConical, Repeat, Terminal, TriangleAlert } from "lucide-react"
import { Badge } from "../../../../../components/badge.tsx"
import { classNames } from "../../../../../components/class-names.ts"
import { JsonView } from "../../../../../components/json-view.tsx"
import type { TrajectoryStep } from "./parse-trajectory.ts"

const longOutput = 600

const icons: Record<string, typeof Brain> = {
  generate: Brain,
  think: Brain,
  evaluate: FlaskConical,
  refine: Repeat,
  finish: CircleCheck,
}

/** One step: what was thought, done and seen. Long outputs are folded. */
export function StepItem({
  step,
  place,
  isLast,
}: {
  step: TrajectoryStep
  place: number
  isLast: boolean
}) {
  const { thought, action, output, error, score, rest } = step
  const Icon = error !== null ? TriangleAlert : (icons[action ?? ""] ?? Terminal)
  const { output_hash: _, previous_score: __, ...more } = rest
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3">
      <div className="flex flex-col items-center">
        <span
          className={classNames(
            "grid size-7 shrink-0 place-items-center rounded-full border border-line bg-surface text-ink-muted",
            error !== null && "border-transparent bg-failure-soft text-failure",
          )}
        >
          <Icon aria-hidden className="size-3.5" />
        </span>
        {!isLast && <span aria-hidden className="w-px flex-1 bg-line" />}
      </div>
      <div className={classNames("min-w-0 pt-1", !isLast && "pb-6")}>
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="font-medium">
            {step.iteration === null ? `Step ${place + 1}` : `Iteration ${step.iteration}`}
          </span>
          {action !== null && <Badge>{action}</Badge>}
          {score !== null && (
            <span className="text-ink-muted text-xs tabular-nums">score {score}</span>
          )}
          {error !== null && <Badge tone="failure">Error</Badge>}
        </div>
        {thought !== null && (
          <p className="mt-1 max-w-[80ch] whitespace-pre-line [overflow-wrap:anywhere]">
            {thought}
          </p>
        )}
        {output !== null && <Output text={output} />}
        {error !== null && (
          <pre className="mt-2 whitespace-pre-wrap rounded-md bg-failure-soft p-3 font-mono text-failure text-xs [overflow-wrap:anywhere]">
            {error}
          </pre>
        )}
        {Object.keys(more).length > 0 && (
          <details className="mt-2 text-sm">
            <summary className="cursor-pointer text-ink-muted">More of this step</summary>
            <div className="mt-1">
              <JsonView value={more} label={`More of step ${place + 1}`} />
            </div>
          </details>
        )}
      </div>
    </li>
  )
}

function Output({ text }: { text: string }) {
  const whole = (
    <pre className="mt-2 max-w-[100ch] whitespace-pre-wrap rounded-md bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere]">
      {text}
    </pre>
  )
  if (text.length <= longOutput) return whole
  return (
    <details className="mt-2 text-sm">
      <summary className="cursor-pointer">
        <code className="font-mono text-ink-muted text-xs">{text.slice(0, 160)} …</code>
        <span className="ml-2 font-medium text-accent-ink">
          Show all {text.length.toLocaleString("en")} characters
        </span>
      </summary>
      {whole}
    </details>
  )
}
