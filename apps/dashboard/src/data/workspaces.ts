import "server-only"
import { notFound } from "next/navigation"
import { cache } from "react"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

export type WorkspaceRole = "viewer" | "editor" | "owner"

export type Workspace = { id: string; name: string; role: WorkspaceRole }

/** The user's workspaces by name, with the user's role in each. */
export const listWorkspaces = cache(async (): Promise<Workspace[]> => {
  const { supabase, user } = await openSession()
  const rows = unwrap(
    await supabase
      .from("workspace_members")
      .select("role, workspace:workspaces!inner(id, name)")
      .eq("user_id", user.id),
  )
  return rows
    .map(({ role, workspace }) => ({ ...workspace, role: parseRole(role) }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"))
})

/** The workspace of the address. One that is not there and one of others look the same: not found. */
export const readWorkspace = cache(async (workspaceId: string): Promise<Workspace> => {
  const workspace = (await listWorkspaces()).find(({ id }) => id === workspaceId)
  return workspace ?? notFound()
})

/** Makes a workspace owned by the user and returns its id. */
export async function createWorkspace({ name }: { name: string }): Promise<string> {
  const { supabase } = await openSession()
  return unwrap(await supabase.rpc("create_workspace", { name }))
}

function parseRole(role: string): WorkspaceRole {
  return role === "owner" || role === "editor" ? role : "viewer"
}
