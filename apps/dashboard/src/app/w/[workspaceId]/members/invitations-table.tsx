"use client"

import { Badge } from "../../../../components/badge.tsx"
import { SubmitButton } from "../../../../components/submit-button.tsx"
import { Table, TableCell, TableHead, TableRow } from "../../../../components/table.tsx"
import { Time } from "../../../../components/time.tsx"
import type { Invitation } from "../../../../data/members.ts"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { withdrawInvitationAction } from "./actions.ts"

export function InvitationsTable({
  workspaceId,
  invitations,
}: {
  workspaceId: string
  invitations: readonly Invitation[]
}) {
  const [state, action] = useFormAction(withdrawInvitationAction, untouched)
  return (
    <>
      {state.message !== undefined && (
        <div className="p-3">
          <FormMessage state={state} />
        </div>
      )}
      <Table label="Open invitations">
        <thead>
          <tr>
            <TableHead>Address</TableHead>
            <TableHead>Role</TableHead>
            <TableHead>Valid until</TableHead>
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ id, email, role, expiresAt, isExpired }) => (
            <TableRow key={id}>
              <TableCell className="font-medium">{email}</TableCell>
              <TableCell>{role}</TableCell>
              <TableCell className="text-ink-muted">
                {isExpired ? <Badge tone="partial">expired</Badge> : <Time at={expiresAt} />}
              </TableCell>
              <TableCell className="text-right">
                <form action={action}>
                  <input type="hidden" name="workspaceId" value={workspaceId} />
                  <input type="hidden" name="invitationId" value={id} />
                  <SubmitButton
                    tone="quiet"
                    size="small"
                    aria-label={`Withdraw the invitation of ${email}`}
                  >
                    Withdraw
                  </SubmitButton>
                </form>
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </>
  )
}
