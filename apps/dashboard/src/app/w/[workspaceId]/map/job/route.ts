import type { NextRequest } from "next/server"
import { after } from "next/server"
import { DataError } from "../../../../../data/data-error.ts"
import { isMapCurrent } from "../../../../../data/memory-map.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { requireSameOrigin } from "../../../../../forms/require-same-origin.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"
import type { MapJobState } from "../map-job-state.ts"
import { readMapJob, runMapJob } from "./map-job.ts"

/** How the kept map stands, as `MapJobState`. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const scope = { workspaceId, model: readModel(request) }
  const job = readMapJob(scope)
  if (job !== null) return Response.json(job)
  const isCurrent = await isMapCurrent(scope)
  const status = isCurrent === null ? "missing" : isCurrent ? "current" : "outdated"
  return Response.json({ status } satisfies MapJobState)
}

/** Starts computing the map and answers at once; how far it is says GET. */
export async function POST(request: NextRequest, { params }: { params: WorkspaceParams }) {
  try {
    await requireSameOrigin()
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return Response.json({ message: error.message, hint: error.hint }, { status: 403 })
  }
  const { id: workspaceId, role } = await readWorkspace(await readWorkspaceId(params))
  if (role === "viewer") {
    const message = "Computing a map takes the role of an editor."
    return Response.json({ message }, { status: 403 })
  }
  const scope = { workspaceId, model: readModel(request) }
  const job = runMapJob(scope)
  after(() => job)
  return Response.json(
    { status: "running", step: "reading", share: 0, leftInMs: null },
    { status: 202 },
  )
}

function readModel(request: NextRequest): string {
  return request.nextUrl.searchParams.get("model") ?? ""
}
