"use client"

import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { useFormAction } from "../../forms/use-form-action.ts"
import { changePasswordAction } from "./actions.ts"

export function PasswordForm({ email }: { email: string }) {
  const [state, action] = useFormAction(changePasswordAction, untouched)
  return (
    <form action={action} noValidate className="flex flex-col items-start gap-4">
      <div className="w-full">
        <FormMessage state={state} />
      </div>
      {/* Password managers file the new password under it. */}
      <input type="hidden" name="username" autoComplete="username" defaultValue={email} />
      <div className="w-full">
        <Field
          label="New password"
          hint="At least 8 characters. A sentence works well."
          error={state.fieldErrors?.password}
        >
          {(control) => (
            <Input
              {...control}
              name="password"
              type="password"
              autoComplete="new-password"
              required
            />
          )}
        </Field>
      </div>
      <SubmitButton>Change the password</SubmitButton>
    </form>
  )
}
