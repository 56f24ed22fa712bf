import Link from "next/link"
import { Badge } from "../../../../../components/badge.tsx"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { linkStyle } from "../../../../../components/link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "../../../../../components/table.tsx"
import type { RunDetails } from "../../../../../data/migration-run.ts"
import { formatCount } from "../../../../../formats/format-count.ts"
import { workspacePath } from "../../../../../frame/workspace-path.ts"

/** What went where. */
export function RunWorkspaces({ details: { workspaces } }: { details: RunDetails }) {
  return (
    <Card id="workspaces" className="scroll-mt-16">
      <CardHeader title="Workspaces" description="Those you own that it moved rows to." />
      <Table label="Workspaces of this run">
        <thead>
          <tr>
            <TableHead>Workspace</TableHead>
            {["Traces", "Memory items", "Written", "Updated", "Conflicts"].map((name) => (
              <TableHead key={name} className="text-right">
                {name}
              </TableHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {workspaces.map(
            ({ id, name, isNew, traces, memoryItems, written, updated, conflicts }) => (
              <TableRow key={id}>
                <TableCell className="min-w-48">
                  <span className="flex items-center gap-2">
                    <Link
                      href={workspacePath({ workspaceId: id, page: "overview" })}
                      prefetch={false}
                      className={`${linkStyle} whitespace-nowrap`}
                    >
                      {name ?? id}
                    </Link>
                    {isNew && <Badge>created by it</Badge>}
                  </span>
                </TableCell>
                {[
                  { key: "traces", value: traces },
                  { key: "items", value: memoryItems },
                  { key: "written", value: written },
                  { key: "updated", value: updated },
                  { key: "conflicts", value: conflicts },
                ].map(({ key, value }) => (
                  <TableCell key={key} className="text-right">
                    {formatCount(value)}
                  </TableCell>
                ))}
              </TableRow>
            ),
          )}
        </tbody>
      </Table>
    </Card>
  )
}
