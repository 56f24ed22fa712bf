import { CircleCheck, CircleDashed, LoaderCircle, TriangleAlert, Undo2 } from "lucide-react"
import { Badge } from "../../../../components/badge.tsx"
import type { MigrationRun } from "../../../../data/migration-run.ts"
import { describeRun } from "./describe-run.ts"

const shapes = {
  done: CircleCheck,
  doubt: CircleDashed,
  failure: TriangleAlert,
  busy: LoaderCircle,
  undone: Undo2,
}

/** How a run stands, by colour, shape and word. */
export function RunBadge({ run }: { run: Pick<MigrationRun, "status" | "isLive"> }) {
  const { label, tone, shape } = describeRun(run)
  const Icon = shapes[shape]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={`size-3.5 ${shape === "busy" ? "animate-spin" : ""}`} />
      {label}
    </Badge>
  )
}
