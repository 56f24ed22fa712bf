import type { Metadata } from "next"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { listInvitations, listMembers } from "../../../../data/members.ts"
import { roleMeanings, workspaceRoles } from "../../../../data/workspace-role.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"
import { InvitationsTable } from "./invitations-table.tsx"
import { InviteDialog } from "./invite-dialog.tsx"
import { MembersTable } from "./members-table.tsx"

export const metadata: Metadata = { title: "Members" }

export default async function MembersPage({ params }: { params: WorkspaceParams }) {
  const workspace = await readWorkspace(await readWorkspaceId(params))
  const isOwner = workspace.role === "owner"
  const [members, invitations] = await Promise.all([
    listMembers(workspace.id),
    isOwner ? listInvitations(workspace.id) : [],
  ])
  const people = members.length === 1 ? "One person sees" : `${members.length} people see`
  return (
    <>
      <PageHeader
        title="Members"
        answer={`${people} the memories of ${workspace.name}. You are ${workspace.role === "viewer" ? "a viewer" : `an ${workspace.role}`}.`}
        actions={isOwner && <InviteDialog workspaceId={workspace.id} />}
      />
      <div className="flex flex-col gap-4">
        <Card>
          <MembersTable workspace={workspace} members={members} />
        </Card>
        <p className="max-w-[80ch] text-ink-muted text-sm">
          {workspaceRoles
            .map((role) => `A${role === "viewer" ? "" : "n"} ${role} ${roleMeanings[role]}.`)
            .join(" ")}
        </p>
        {isOwner && invitations.length > 0 && (
          <Card>
            <CardHeader
              title="Open invitations"
              description="Each is for one address and works once. A new one to the same address takes the place of the old."
            />
            <InvitationsTable workspaceId={workspace.id} invitations={invitations} />
          </Card>
        )}
      </div>
    </>
  )
}
