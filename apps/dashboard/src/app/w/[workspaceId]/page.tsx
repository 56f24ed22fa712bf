import { redirect } from "next/navigation"
import {
  readWorkspaceId,
  type WorkspaceParams,
  workspacePath,
} from "../../../frame/workspace-path.ts"

export default async function WorkspacePage({ params }: { params: WorkspaceParams }) {
  redirect(workspacePath({ workspaceId: await readWorkspaceId(params), page: "overview" }))
}
