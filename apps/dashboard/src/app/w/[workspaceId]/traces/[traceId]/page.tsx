import { ArrowLeft } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { Card, CardHeader } from "../../../../../components/card.tsx"
import { OptionalTime } from "../../../../../components/optional-time.tsx"
import { OutcomeBadge } from "../../../../../components/outcome-badge.tsx"
import { readGenealogy } from "../../../../../data/genealogy.ts"
import { readTrace } from "../../../../../data/trace.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, workspacePath } from "../../../../../frame/workspace-path.ts"
import { LineageGraph } from "../../lineage-graph.tsx"
import { TaughtMemories } from "./taught-memories.tsx"
import { TraceAside } from "./trace-aside.tsx"
import { Trajectory } from "./trajectory.tsx"

type Params = Promise<{ workspaceId: string; traceId: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { id } = await readWorkspace(await readWorkspaceId(params))
  return { title: (await readTrace(id, (await params).traceId)).task.slice(0, 80) }
}

export default async function TracePage({ params }: { params: Params }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const trace = await readTrace(workspaceId, (await params).traceId)
  const relatives = await readGenealogy({ workspaceId, id: trace.id, kind: "trace" })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <header>
          <Link
            href={workspacePath({ workspaceId, page: "traces" })}
            prefetch={false}
            className="inline-flex items-center gap-1.5 text-ink-muted text-sm hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4" />
            Traces
          </Link>
          <h1 className="mt-3 max-w-[72ch] text-balance font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
            {trace.task}
          </h1>
          <div className="mt-3 flex flex-wrap items-center gap-3 text-ink-muted text-sm">
            <OutcomeBadge outcome={trace.outcome} />
            <OptionalTime time={trace.created_at} />
          </div>
        </header>
        <Card className="pb-4">
          <CardHeader title="Trajectory" />
          <Trajectory trajectory={trace.trajectory} metadata={trace.metadata} />
        </Card>
        <TaughtMemories workspaceId={workspaceId} memories={trace.memory_items} />
        <LineageGraph relatives={relatives} />
      </div>
      <TraceAside trace={trace} workspaceId={workspaceId} />
    </div>
  )
}
