import type { NextRequest } from "next/server"
import { readCursor } from "../../../../../data/row-cursor.ts"
import { listTraces } from "../../../../../data/traces.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"
import { loadTraceParams } from "../search-params.ts"

/** The next page of the list, as JSON. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const after = readCursor(request.nextUrl.searchParams.get("after"))
  const filters = loadTraceParams(request)
  return Response.json(await listTraces({ workspaceId, filters, after }))
}
