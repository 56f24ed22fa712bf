"use client"

import { Button } from "../../../../components/button.tsx"
import { Dialog, DialogClose } from "../../../../components/dialog.tsx"
import { SubmitButton } from "../../../../components/submit-button.tsx"
import type { Member } from "../../../../data/members.ts"
import type { Workspace } from "../../../../data/workspaces.ts"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { removeMemberAction } from "./actions.ts"

/** Removing somebody, or leaving; both ask first. */
export function RemoveMember({ workspace, member }: { workspace: Workspace; member: Member }) {
  const [state, action] = useFormAction(removeMemberAction, untouched)
  const verb = member.isMe ? "Leave" : "Remove"
  return (
    <Dialog
      trigger={
        <Button
          tone="quiet"
          size="small"
          aria-label={member.isMe ? "Leave the workspace" : `Remove ${member.email}`}
        >
          {verb}
        </Button>
      }
      title={member.isMe ? `Leave ${workspace.name}?` : `Remove ${member.email}?`}
      description={
        member.isMe
          ? "You see nothing of it any more, from this moment. An owner can invite you again."
          : `${member.email} sees nothing of ${workspace.name} any more, from this moment. What was added stays.`
      }
    >
      <form action={action} className="flex flex-col gap-4">
        <FormMessage state={state} />
        <input type="hidden" name="workspaceId" value={workspace.id} />
        <input type="hidden" name="userId" value={member.userId} />
        <div className="flex justify-end gap-2">
          <DialogClose>Cancel</DialogClose>
          <SubmitButton tone="danger">{verb}</SubmitButton>
        </div>
      </form>
    </Dialog>
  )
}
