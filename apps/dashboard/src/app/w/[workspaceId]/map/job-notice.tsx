import { CircleCheck, History, LoaderCircle, TriangleAlert } from "lucide-react"
import { Button } from "../../../../components/button.tsx"
import { Time } from "../../../../components/time.tsx"
import type { MapJobState } from "./map-job-state.ts"

const steps = {
  reading: "Reading the vectors",
  arranging: "Laying them out",
  saving: "Keeping the map",
} as const

/** Whether the map is up to date, how far a new one is, or why there is none. */
export function JobNotice({
  job,
  computedAt,
  canCompute,
  onCompute,
}: {
  job: MapJobState | null
  computedAt: string | null
  canCompute: boolean
  onCompute: () => void
}) {
  return (
    <div role="status" className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <Said job={job} computedAt={computedAt} canCompute={canCompute} />
      {canCompute && (job?.status === "failed" || job?.status === "outdated") && (
        <Button size="small" onClick={onCompute}>
          {job.status === "failed" ? "Try again" : "Compute it anew"}
        </Button>
      )}
    </div>
  )
}

function Said({
  job,
  computedAt,
  canCompute,
}: {
  job: MapJobState | null
  computedAt: string | null
  canCompute: boolean
}) {
  const age = computedAt !== null && <Time at={computedAt} />
  if (job === null) return <span className="text-ink-muted">{age && <>Computed {age}.</>}</span>
  switch (job.status) {
    case "running":
      return (
        <span className="flex items-center gap-2 text-ink-muted">
          <LoaderCircle aria-hidden className="size-4 animate-spin text-accent-ink" />
          <span>
            {computedAt === null ? "" : "Vectors changed. "}
            {steps[job.step]}
            {job.step === "arranging" && ` · ${Math.round(job.share * 100)} %`}
            {job.leftInMs !== null && ` · about ${Math.ceil(job.leftInMs / 1_000)} s left`}
          </span>
        </span>
      )
    case "failed":
      return (
        <span className="flex items-center gap-2 text-failure">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          The map could not be computed: {job.message}{" "}
          {computedAt !== null && "The one before stays."}
        </span>
      )
    case "outdated":
      return (
        <span className="flex items-center gap-2 text-partial">
          <History aria-hidden className="size-4 shrink-0" />
          <span>
            Computed {age}; vectors changed since.
            {!canCompute && " It is computed anew when an editor opens this page."}
          </span>
        </span>
      )
    case "missing":
      return (
        <span className="text-ink-muted">
          {canCompute
            ? "No map was computed yet."
            : "No map was computed yet: that happens when an editor opens this page."}
        </span>
      )
    case "current":
      return (
        <span className="flex items-center gap-2 text-ink-muted">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
          <span>Up to date{age && <>, computed {age}</>}.</span>
        </span>
      )
  }
}
