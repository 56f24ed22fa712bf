import { listSavedViews } from "../../../../data/saved-views.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"

/** The user's saved views of the workspace, as JSON. */
export async function GET(_: Request, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  return Response.json(await listSavedViews(workspaceId))
}
