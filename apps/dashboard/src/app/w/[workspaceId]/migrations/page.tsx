import { Truck } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { buttonStyle } from "../../../../components/button.tsx"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { PollPage } from "../../../../components/poll-page.tsx"
import { listMigrationRuns, type WorkspaceRun } from "../../../../data/migration-runs.ts"
import { readCursor } from "../../../../data/row-cursor.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { countOf } from "../../../../formats/format-count.ts"
import {
  readWorkspaceId,
  type WorkspaceParams,
  workspacePath,
} from "../../../../frame/workspace-path.ts"
import { describeRun } from "./describe-run.ts"
import { OwnersOnly } from "./owners-only.tsx"
import { pollInMs } from "./poll-in-ms.ts"
import { RunProgress } from "./run-progress.tsx"
import { RunsTable } from "./runs-table.tsx"

export const metadata: Metadata = { title: "Migrations" }

export default async function MigrationsPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<{ after?: string | string[] }>
}) {
  const workspace = await readWorkspace(await readWorkspaceId(params))
  if (workspace.role !== "owner") return <OwnersOnly workspace={workspace} />
  const workspaceId = workspace.id
  const { after } = await searchParams
  const cursor = readCursor(typeof after === "string" ? after : null)
  const { rows, next } = await listMigrationRuns({ workspaceId, after: cursor })
  const live = rows.filter(({ isLive }) => isLive)
  const [newest] = rows
  if (newest === undefined) return <NoRuns isPastTheEnd={cursor !== null} />
  return (
    <>
      <PageHeader
        title={cursor === null ? headingOf(newest) : "Earlier migrations"}
        answer={
          next === null && cursor === null
            ? `${countOf(rows.length, { one: "run", many: "runs" })} moved rows to this workspace.`
            : undefined
        }
      />
      <PollPage everyInMs={pollInMs(live.length > 0)} />
      {live.map((run) => (
        <RunProgress key={run.id} run={run} />
      ))}
      <RunsTable workspaceId={workspaceId} runs={rows} />
      {next !== null && (
        <Link
          href={workspacePath({
            workspaceId,
            page: "migrations",
            rest: `?after=${encodeURIComponent(next)}`,
          })}
          prefetch={false}
          className={`${buttonStyle()} mt-4`}
        >
          Earlier runs
        </Link>
      )}
    </>
  )
}

function headingOf(run: WorkspaceRun): string {
  const { sentence, shape } = describeRun(run)
  if (shape === "busy") return sentence.replace("This", "A")
  const { traces, memoryItems } = run.here
  if (shape !== "done") return `The last migration: ${describeRun(run).label.toLowerCase()}`
  return `The last migration brought ${countOf(memoryItems, { one: "memory item", many: "memory items" })} and ${countOf(traces, { one: "trace", many: "traces" })}, verified`
}

function NoRuns({ isPastTheEnd }: { isPastTheEnd: boolean }) {
  return (
    <>
      <PageHeader title="Migrations" />
      <PollPage everyInMs={pollInMs(false)} />
      <EmptyState
        icon={<Truck aria-hidden />}
        title={
          isPastTheEnd
            ? "There are no earlier runs"
            : "No migration has moved anything to this workspace yet"
        }
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each run stands here while it is at work and afterwards, with its report: what was read,
        written and rejected, what differs, and the digests that prove it.
      </EmptyState>
    </>
  )
}
