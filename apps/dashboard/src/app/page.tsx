import { redirect } from "next/navigation"
import { listWorkspaces } from "../data/workspaces.ts"
import { workspacePath } from "../frame/workspace-path.ts"

/** The way in: the only workspace, all of them, or the first one to be made. */
export default async function HomePage() {
  const workspaces = await listWorkspaces()
  const [only] = workspaces
  if (only === undefined) redirect("/welcome")
  redirect(
    workspaces.length === 1
      ? workspacePath({ workspaceId: only.id, page: "overview" })
      : "/workspaces",
  )
}
