import Link from "next/link"
import { Badge } from "../../components/badge.tsx"
import { Card, CardHeader } from "../../components/card.tsx"
import { linkStyle } from "../../components/link-style.ts"
import { Table, TableCell, TableHead, TableRow } from "../../components/table.tsx"
import { Time } from "../../components/time.tsx"
import type { listWorkspaceStatistics } from "../../data/statistics.ts"
import type { Workspace } from "../../data/workspaces.ts"
import { type FigureUnit, formatFigure } from "../../format/format-figure.ts"
import { type RowsFilter, rowsPath } from "../../frame/rows-path.ts"
import { WorkspaceMark } from "../../frame/workspace-mark.tsx"
import { workspacePath } from "../../frame/workspace-path.ts"

type Row = Awaited<ReturnType<typeof listWorkspaceStatistics>>[number]

/** Everything stored in each workspace; a workspace whose figures are missing has dashes. */
export function WorkspacesTable({
  workspaces,
  rows,
}: {
  workspaces: readonly Workspace[]
  rows: readonly Row[]
}) {
  const figures = new Map(rows.map((row) => [row.workspace_id, row]))
  return (
    <Card id="workspaces" className="mt-4 scroll-mt-16">
      <CardHeader title="Workspaces" description="Everything stored now, whatever the period." />
      <Table label="Workspaces">
        <thead>
          <tr>
            <TableHead>Workspace</TableHead>
            {["Traces", "Success", "Failed", "Memory items", "From errors"].map((name) => (
              <TableHead key={name} className="text-right">
                {name}
              </TableHead>
            ))}
            <TableHead className="text-right">Average stage</TableHead>
            <TableHead className="text-right">With vector</TableHead>
            <TableHead className="text-right">Stored</TableHead>
            <TableHead className="text-right">Last trace</TableHead>
          </tr>
        </thead>
        <tbody>
          {workspaces.map((workspace) => (
            <WorkspaceRow
              key={workspace.id}
              workspace={workspace}
              row={figures.get(workspace.id)}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function WorkspaceRow({
  workspace: { id, name, role },
  row,
}: {
  workspace: Workspace
  row: Row | undefined
}) {
  const link = (page: "memories" | "traces", filter: RowsFilter = {}) =>
    rowsPath({ workspaceId: id, page, filter })
  return (
    <TableRow>
      <TableCell className="min-w-56">
        <span className="flex items-center gap-3">
          <WorkspaceMark name={name} />
          <Link
            href={workspacePath({ workspaceId: id, page: "overview" })}
            prefetch={false}
            className={`${linkStyle} min-w-0 truncate`}
          >
            {name}
          </Link>
          <Badge>{role}</Badge>
        </span>
      </TableCell>
      <FigureCell value={row?.total_traces} unit="count" href={link("traces")} noun="traces" />
      <FigureCell
        value={row?.success_rate}
        unit="percent"
        href={link("traces", { outcome: "success" })}
        noun="of traces succeeded"
      />
      <FigureCell
        value={row?.failure_traces}
        unit="count"
        href={link("traces", { outcome: "failure" })}
        noun="traces failed"
      />
      <FigureCell
        value={row?.total_memories}
        unit="count"
        href={link("memories")}
        noun="memory items"
      />
      <FigureCell
        value={row?.memories_with_errors}
        unit="count"
        href={link("memories", { errors: "only" })}
        noun="memory items from errors"
      />
      <FigureCell
        value={row?.avg_evolution_stage}
        unit="decimal"
        href={link("memories", { stage: "0+" })}
        noun="is the average stage"
      />
      <FigureCell
        value={row?.embedding_coverage}
        unit="percent"
        href={workspacePath({ workspaceId: id, page: "overview", rest: "#vectors" })}
        noun="of memory items have a vector"
      />
      <FigureCell
        value={row?.content_bytes}
        unit="bytes"
        href={workspacePath({ workspaceId: id, page: "overview", rest: "#storage" })}
        noun="are stored"
      />
      <TableCell className="text-right">
        {row?.last_trace_at ? <Time at={row.last_trace_at} /> : "–"}
      </TableCell>
    </TableRow>
  )
}

function FigureCell({
  value = null,
  unit,
  href,
  noun,
}: {
  value: number | null | undefined
  unit: FigureUnit
  href?: string
  /** Read out after the figure, which alone would say little as a link. */
  noun?: string
}) {
  const text = formatFigure({ value, unit })
  return (
    <TableCell className="whitespace-nowrap text-right">
      {href === undefined || value === null ? (
        text
      ) : (
        <Link href={href} prefetch={false} className="underline-offset-4 hover:underline">
          {text}
          <span className="sr-only"> {noun}</span>
        </Link>
      )}
    </TableCell>
  )
}
