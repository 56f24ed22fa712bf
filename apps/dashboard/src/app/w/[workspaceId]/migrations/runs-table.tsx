import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { Time } from "../../../../components/time.tsx"
import type { WorkspaceRun } from "../../../../data/migration-runs.ts"
import { formatCount } from "../../../../formats/format-count.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { formatDuration } from "./format-duration.ts"
import { RunBadge } from "./run-badge.tsx"
import { sourceName } from "./source-name.ts"

/** The runs with what each moved to this workspace. */
export function RunsTable({
  workspaceId,
  runs,
}: {
  workspaceId: string
  runs: readonly WorkspaceRun[]
}) {
  return (
    <Card>
      <CardHeader title="Runs" description="Counts are of what each moved to this workspace." />
      <Table label="Migration runs">
        <thead>
          <tr>
            <TableHead>Run</TableHead>
            <TableHead>Status</TableHead>
            <TableHead>Source</TableHead>
            {["Traces", "Memory items", "Written", "Conflicts", "Took"].map((name) => (
              <TableHead key={name} className="text-right">
                {name}
              </TableHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <TableRow key={run.id}>
              <TableCell className="whitespace-nowrap">
                <Link
                  href={workspacePath({ workspaceId, page: "migrations", rest: `/${run.id}` })}
                  prefetch={false}
                  className={linkStyle}
                >
                  <Time at={run.startedAt} />
                </Link>
              </TableCell>
              <TableCell>
                <RunBadge run={run} />
              </TableCell>
              <TableCell className="w-full min-w-40 max-w-0 truncate">
                <span title={`${sourceName(run.source.kind)}: ${run.source.location}`}>
                  {run.source.location}
                </span>
              </TableCell>
              {[
                { name: "traces", value: run.here.traces },
                { name: "items", value: run.here.memoryItems },
                { name: "written", value: run.here.written },
                { name: "conflicts", value: run.here.conflicts },
              ].map(({ name, value }) => (
                <TableCell key={name} className="text-right">
                  {formatCount(value)}
                </TableCell>
              ))}
              <TableCell className="whitespace-nowrap text-right">
                {run.finishedAt === null
                  ? "–"
                  : formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
