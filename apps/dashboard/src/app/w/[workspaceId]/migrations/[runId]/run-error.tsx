import { TriangleAlert } from "lucide-react"
import type { RunDetails } from "../../../../../data/migration-run.ts"

/** Why a run failed, in the words it printed. */
export function RunError({
  error: { code, message, hint },
}: {
  error: NonNullable<RunDetails["error"]>
}) {
  return (
    <section
      aria-label="Why it failed"
      className="mb-4 flex gap-3 rounded-lg border border-line bg-failure-soft px-4 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failure" />
      <div className="min-w-0 break-words">
        <h2 className="font-medium">
          {message ?? "What went wrong is told to who owns all of its workspaces."}
        </h2>
        {hint !== null && <p className="text-ink-muted">{hint}</p>}
        <p className="mt-1 font-mono text-ink-muted text-xs">{code}</p>
      </div>
    </section>
  )
}
