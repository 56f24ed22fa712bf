import "server-only"
import { notFound } from "next/navigation"
import { cache } from "react"
import { DataError } from "./data-error.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"
import { parseRole, type WorkspaceRole } from "./workspace-role.ts"

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

export async function renameWorkspace({
  workspaceId,
  name,
}: {
  workspaceId: string
  name: string
}): Promise<void> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase.from("workspaces").update({ name }).eq("id", workspaceId).select("id"),
  )
  if (rows.length > 0) return
  throw new DataError({
    code: "forbidden",
    message: "Only an owner can rename the workspace.",
    hint: "Nothing was changed.",
  })
}

/** Deletes a workspace and all that is in it. Raises `DataError` `invalid` unless `confirmName` is its name. */
export async function deleteWorkspace({
  workspaceId,
  confirmName,
}: {
  workspaceId: string
  confirmName: string
}): Promise<void> {
  const { supabase } = await openSession()
  unwrap(
    await supabase.rpc("delete_workspace", {
      workspace_id: workspaceId,
      confirm_name: confirmName,
    }),
  )
}
