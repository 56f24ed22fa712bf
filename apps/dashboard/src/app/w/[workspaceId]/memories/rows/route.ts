import type { NextRequest } from "next/server"
import { listMemories } from "../../../../../data/memories.ts"
import { readCursor } from "../../../../../data/row-cursor.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"
import { loadMemoryParams } from "../search-params.ts"

/** The next page of the list, as JSON. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const after = readCursor(request.nextUrl.searchParams.get("after"))
  const filters = loadMemoryParams(request)
  return Response.json(await listMemories({ workspaceId, filters, after }))
}
