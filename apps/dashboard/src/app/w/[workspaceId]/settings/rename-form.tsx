"use client"

import { Field } from "../../../../components/field.tsx"
import { Input } from "../../../../components/input.tsx"
import { SubmitButton } from "../../../../components/submit-button.tsx"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { renameWorkspaceAction } from "./actions.ts"

export function RenameForm({ workspaceId, name }: { workspaceId: string; name: string }) {
  const [state, action] = useFormAction(renameWorkspaceAction, untouched)
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="workspaceId" value={workspaceId} />
      <Field label="Name" error={state.fieldErrors?.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            defaultValue={state.values?.name ?? name}
            required
          />
        )}
      </Field>
      <SubmitButton className="self-start">Rename</SubmitButton>
    </form>
  )
}
