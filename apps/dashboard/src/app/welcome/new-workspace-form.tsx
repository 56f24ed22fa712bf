"use client"

import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { useFormAction } from "../../forms/use-form-action.ts"
import { createWorkspaceAction } from "./actions.ts"

export function NewWorkspaceForm() {
  const [state, action] = useFormAction(createWorkspaceAction, untouched)
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      <Field label="Name" hint="Such as that of the project." error={state.fieldErrors?.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            defaultValue={state.values?.name}
            required
          />
        )}
      </Field>
      <SubmitButton tone="primary" size="large">
        Create workspace
      </SubmitButton>
    </form>
  )
}
