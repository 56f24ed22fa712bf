import { StatFigure } from "../../../../../components/stat-figure.tsx"
import type { RunDetails } from "../../../../../data/migration-run.ts"
import { formatFigure } from "../../../../../format/format-figure.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"

/** What the run moved to the user's workspaces together. */
export function RunFigures({
  workspaceId,
  details: { run },
}: {
  workspaceId: string
  details: RunDetails
}) {
  const { traces, memoryItems, written, unchanged, conflicts, rejected } = run.counts
  const noReport = run.finishedAt === null ? "Not reported yet" : "No report"
  const figures = [
    {
      label: "Traces",
      value: traces,
      href: workspacePath({ workspaceId, page: "traces" }),
    },
    {
      label: "Memory items",
      value: memoryItems,
      href: workspacePath({ workspaceId, page: "memories" }),
    },
    { label: "Written", value: written, href: "#workspaces" },
    { label: "Unchanged", value: unchanged, href: "#workspaces", missing: noReport },
    { label: "Conflicts", value: conflicts, href: "#conflicts" },
    {
      label: "Rejected",
      value: rejected,
      href: "#rejects",
      missing: run.isWhole ? noReport : "Of workspaces of others too",
    },
  ]
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-3 2xl:grid-cols-6">
      {figures.map(({ label, value, href, missing }) => (
        <StatFigure
          key={label}
          label={label}
          value={value === null ? null : formatFigure({ value, unit: "count" })}
          href={href}
          {...(missing !== undefined && { missing })}
        />
      ))}
    </div>
  )
}
