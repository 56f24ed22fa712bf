"use client"

import { Badge } from "../../../../components/badge.tsx"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { Time } from "../../../../components/time.tsx"
import type { Member } from "../../../../data/members.ts"
import type { Workspace } from "../../../../data/workspaces.ts"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { changeRoleAction } from "./actions.ts"
import { RemoveMember } from "./remove-member.tsx"
import { RoleSelect } from "./role-select.tsx"

export function MembersTable({
  workspace,
  members,
}: {
  workspace: Workspace
  members: readonly Member[]
}) {
  const [state, changeRole, isPending] = useFormAction(changeRoleAction, untouched)
  const isOwner = workspace.role === "owner"
  return (
    <>
      {(state.message ?? state.done) !== undefined && (
        <div className="p-3">
          <FormMessage state={state} />
        </div>
      )}
      <Table label="Members">
        <thead>
          <tr>
            <TableHead>Address</TableHead>
            <TableHead>Role</TableHead>
            <TableHead className="max-sm:hidden">Since</TableHead>
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <TableRow key={member.userId}>
              <TableCell className="font-medium">
                <span className="mr-2">{member.email}</span>
                {member.isMe && <Badge tone="accent">you</Badge>}
              </TableCell>
              <TableCell>
                {isOwner ? (
                  <RoleSelect
                    // A refused change comes back to what the database has.
                    key={`${member.role} ${state.message ?? ""}`}
                    workspaceId={workspace.id}
                    member={member}
                    action={changeRole}
                    isPending={isPending}
                  />
                ) : (
                  member.role
                )}
              </TableCell>
              <TableCell className="text-ink-muted max-sm:hidden">
                <Time at={member.joinedAt} />
              </TableCell>
              <TableCell className="text-right">
                {(isOwner || member.isMe) && <RemoveMember workspace={workspace} member={member} />}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </>
  )
}
