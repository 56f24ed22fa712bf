import { ArrowLeft } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { PageHeader } from "../../../../../components/page-header.tsx"
import { PollPage } from "../../../../../components/poll-page.tsx"
import { Time } from "../../../../../components/time.tsx"
import { readMigrationRun } from "../../../../../data/migration-runs.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, workspacePath } from "../../../../../frame/workspace-path.ts"
import { describeRun } from "../describe-run.ts"
import { formatDuration } from "../format-duration.ts"
import { OwnersOnly } from "../owners-only.tsx"
import { pollInMs } from "../poll-in-ms.ts"
import { RunBadge } from "../run-badge.tsx"
import { RunProgress } from "../run-progress.tsx"
import { sourceName } from "../source-name.ts"
import { RunAside } from "./run-aside.tsx"
import { RunError } from "./run-error.tsx"
import { RunFigures } from "./run-figures.tsx"
import { RunFindings } from "./run-findings.tsx"
import { RunWorkspaces } from "./run-workspaces.tsx"
import { Verification } from "./verification.tsx"

export const metadata: Metadata = { title: "Migration run" }

type Params = Promise<{ workspaceId: string; runId: string }>

export default async function MigrationRunPage({ params }: { params: Params }) {
  const workspace = await readWorkspace(await readWorkspaceId(params))
  if (workspace.role !== "owner") return <OwnersOnly workspace={workspace} />
  const workspaceId = workspace.id
  const details = await readMigrationRun({ workspaceId, runId: (await params).runId })
  const { run } = details
  const { isLive, isWhole, source, startedAt, finishedAt } = run
  return (
    <>
      <Link
        href={workspacePath({ workspaceId, page: "migrations" })}
        prefetch={false}
        className="mb-3 inline-flex items-center gap-1.5 text-ink-muted text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        Migrations
      </Link>
      <PageHeader
        title={describeRun(run).sentence}
        answer={
          <>
            From the {sourceName(source.kind)} {source.location}, <Time at={startedAt} />
            {finishedAt !== null &&
              `, in ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`}
            .
          </>
        }
        actions={<RunBadge run={run} />}
      />
      <PollPage everyInMs={pollInMs(isLive)} />
      {isLive && <RunProgress run={run} />}
      {details.error !== null && <RunError error={details.error} />}
      {!isWhole && (
        <p className="mb-4 rounded-lg border border-line bg-surface px-4 py-3 text-ink-muted text-sm">
          This run also moved workspaces that you do not own. You see what concerns yours; rejects,
          warnings, digests and timings are told to who owns all of them.
        </p>
      )}
      <RunFigures workspaceId={workspaceId} details={details} />
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {!isLive && <Verification details={details} />}
          <RunWorkspaces details={details} />
          {isLive ? <ReportToCome /> : <RunFindings details={details} />}
        </div>
        <RunAside details={details} />
      </div>
    </>
  )
}

function ReportToCome() {
  return (
    <Card className="pb-4">
      <CardHeader title="Report" />
      <p className="max-w-[64ch] px-4 text-ink-muted text-sm">
        Once the run is over its report stands here: rejects, conflicts, what was noticed, and the
        comparison of every row with its source.
      </p>
    </Card>
  )
}
