import { CircleCheck, CircleDashed, CircleHelp, TriangleAlert } from "lucide-react"
import { Badge } from "./badge.tsx"

const outcomes = {
  success: { tone: "success", Icon: CircleCheck, label: "Success" },
  partial: { tone: "partial", Icon: CircleDashed, label: "Partial" },
  failure: { tone: "failure", Icon: TriangleAlert, label: "Failure" },
} as const

/** The outcome of a trace by colour, shape and word; null is one that was never judged. */
export function OutcomeBadge({ outcome }: { outcome: string | null }) {
  const known =
    outcome === "success" || outcome === "partial" || outcome === "failure"
      ? outcomes[outcome]
      : { tone: "neutral" as const, Icon: CircleHelp, label: outcome ?? "Not judged" }
  return (
    <Badge tone={known.tone}>
      <known.Icon aria-hidden className="size-3.5" />
      {known.label}
    </Badge>
  )
}
