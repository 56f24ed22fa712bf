"use client"

import { UserPlus } from "lucide-react"
import { Button } from "../../../../components/button.tsx"
import { CommandLine } from "../../../../components/command-line.tsx"
import { Dialog } from "../../../../components/dialog.tsx"
import { Field } from "../../../../components/field.tsx"
import { Input } from "../../../../components/input.tsx"
import { Select } from "../../../../components/select.tsx"
import { SubmitButton } from "../../../../components/submit-button.tsx"
import { roleMeanings, workspaceRoles } from "../../../../data/workspace-role.ts"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { inviteAction } from "./actions.ts"

const options = workspaceRoles.map((role) => ({
  value: role,
  label: `${role}: ${roleMeanings[role]}`,
}))

export function InviteDialog({ workspaceId }: { workspaceId: string }) {
  return (
    <Dialog
      trigger={
        <Button tone="primary">
          <UserPlus aria-hidden />
          Invite
        </Button>
      }
      title="Invite somebody"
      description="You get a link to hand over. It works once, for this address only."
    >
      <InviteForm workspaceId={workspaceId} />
    </Dialog>
  )
}

function InviteForm({ workspaceId }: { workspaceId: string }) {
  const [state, action] = useFormAction(inviteAction, untouched)
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      {state.link !== undefined && (
        <div>
          <p className="mb-1.5 text-ink-muted text-sm">
            Hand this link over; it is not shown again.
          </p>
          <CommandLine command={state.link} copyLabel="Copy the link" />
        </div>
      )}
      <input type="hidden" name="workspaceId" value={workspaceId} />
      <Field label="E-mail" error={state.fieldErrors?.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="off"
            defaultValue={state.values?.email}
            required
          />
        )}
      </Field>
      <Field label="Role" error={state.fieldErrors?.role}>
        {({ id }) => (
          <Select
            id={id}
            name="role"
            defaultValue="viewer"
            options={options}
            label="Role"
            className="h-9 w-full text-base"
          />
        )}
      </Field>
      <SubmitButton tone="primary" className="self-end">
        Make the link
      </SubmitButton>
    </form>
  )
}
