import type { NextRequest } from "next/server"
import { readMapPoints } from "../../../../../data/memory-map.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"

/** The points of the kept map as JSON; null when there is none. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const model = request.nextUrl.searchParams.get("model") ?? ""
  return Response.json(await readMapPoints({ workspaceId, model }))
}
