"use client"

import { useState } from "react"
import { Field } from "../../../../components/field.tsx"
import { Input } from "../../../../components/input.tsx"
import { SubmitButton } from "../../../../components/submit-button.tsx"
import { FormMessage } from "../../../../forms/form-message.tsx"
import { untouched } from "../../../../forms/form-state.ts"
import { useFormAction } from "../../../../forms/use-form-action.ts"
import { deleteWorkspaceAction } from "./actions.ts"

export function DeleteForm({ workspaceId, name }: { workspaceId: string; name: string }) {
  const [state, action] = useFormAction(deleteWorkspaceAction, untouched)
  const [typed, setTyped] = useState("")
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="workspaceId" value={workspaceId} />
      <Field
        label="Type the name of the workspace"
        hint={
          <>
            It is <strong className="font-medium text-ink">{name}</strong>.
          </>
        }
        error={state.fieldErrors?.confirmName}
      >
        {(control) => (
          <Input
            {...control}
            name="confirmName"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <SubmitButton tone="danger" className="self-start" disabled={typed !== name}>
        Delete it with all its memories
      </SubmitButton>
    </form>
  )
}
