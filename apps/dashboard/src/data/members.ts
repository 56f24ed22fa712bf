import "server-only"
import { DataError } from "./data-error.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"
import { parseRole, type WorkspaceRole } from "./workspace-role.ts"

export type Member = {
  userId: string
  email: string
  role: WorkspaceRole
  isMe: boolean
  joinedAt: string
}

export type Invitation = {
  id: string
  email: string
  role: WorkspaceRole
  expiresAt: string
  isExpired: boolean
}

/** The members of a workspace, the oldest first. */
export async function listMembers(workspaceId: string): Promise<Member[]> {
  const { supabase, user } = await openSession()
  const rows = unwrap(await supabase.rpc("list_workspace_members", { workspace_id: workspaceId }))
  return rows.map(({ user_id, email, role, created_at }) => ({
    userId: user_id,
    email,
    role: parseRole(role),
    isMe: user_id === user.id,
    joinedAt: created_at,
  }))
}

/** Invitations nobody took up yet, expired ones too; owners alone see any. */
export async function listInvitations(workspaceId: string): Promise<Invitation[]> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase
      .from("workspace_invitations")
      .select("id, email, role, expires_at")
      .eq("workspace_id", workspaceId)
      .is("accepted_at", null)
      .order("created_at"),
  )
  return rows.map(({ id, email, role, expires_at }) => ({
    id,
    email,
    role: parseRole(role),
    expiresAt: expires_at,
    isExpired: new Date(expires_at).getTime() < Date.now(),
  }))
}

/** The token is shown this once: the database keeps its hash alone. */
export async function inviteMember({
  workspaceId,
  email,
  role,
}: {
  workspaceId: string
  email: string
  role: WorkspaceRole
}): Promise<{ token: string; expiresAt: string }> {
  const { supabase } = await openSession()
  const [invitation] = unwrap(
    await supabase.rpc("invite_to_workspace", { workspace_id: workspaceId, email, role }),
  )
  if (invitation === undefined) {
    throw new DataError({ code: "failed", message: "The invitation was not made." })
  }
  return { token: invitation.token, expiresAt: invitation.expires_at }
}

export async function withdrawInvitation({
  workspaceId,
  invitationId,
}: {
  workspaceId: string
  invitationId: string
}): Promise<void> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase
      .from("workspace_invitations")
      .delete()
      .eq("workspace_id", workspaceId)
      .eq("id", invitationId)
      .select("id"),
  )
  requireOne({ rows, what: "This invitation is gone already, or you are no owner." })
}

/** Takes up an invitation and returns the id of its workspace. */
export async function acceptInvitation({ token }: { token: string }): Promise<string> {
  const { supabase } = await openSession()
  return unwrap(await supabase.rpc("accept_invitation", { token }))
}

export async function changeRole({
  workspaceId,
  userId,
  role,
}: {
  workspaceId: string
  userId: string
  role: WorkspaceRole
}): Promise<void> {
  const { supabase } = await openSession()
  const answer = await supabase
    .from("workspace_members")
    .update({ role })
    .eq("workspace_id", workspaceId)
    .eq("user_id", userId)
    .select("user_id")
  requireOne({ rows: unwrap(explainLastOwner(answer)), what: "Only an owner can change roles." })
}

/** Removes a member; with one's own id it is leaving. */
export async function removeMember({
  workspaceId,
  userId,
}: {
  workspaceId: string
  userId: string
}): Promise<void> {
  const { supabase } = await openSession()
  const answer = await supabase
    .from("workspace_members")
    .delete()
    .eq("workspace_id", workspaceId)
    .eq("user_id", userId)
    .select("user_id")
  requireOne({ rows: unwrap(explainLastOwner(answer)), what: "Only an owner can remove members." })
}

/** Row level security answers a write that it does not allow with no rows. */
function requireOne({ rows, what }: { rows: unknown[]; what: string }) {
  if (rows.length > 0) return
  throw new DataError({
    code: "forbidden",
    message: what,
    hint: "Nothing was changed. Reload the page to see how things stand.",
  })
}

function explainLastOwner<
  Answer extends { error: { code: string; message: string; hint: string } | null },
>(answer: Answer): Answer {
  if (answer.error?.code !== "PT409") return answer
  answer.error.message = "A workspace keeps at least one owner, and this is its last one."
  answer.error.hint = "Make another member an owner first, or delete the workspace."
  return answer
}
