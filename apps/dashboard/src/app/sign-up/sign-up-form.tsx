"use client"

import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { useFormAction } from "../../forms/use-form-action.ts"
import { signUpAction } from "./actions.ts"

export function SignUpForm({ next }: { next: string }) {
  const [state, action] = useFormAction(signUpAction, untouched)
  if (state.done !== undefined) return <FormMessage state={state} />
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="next" value={next} />
      <Field label="E-mail" error={state.fieldErrors?.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={state.values?.email}
            required
          />
        )}
      </Field>
      <Field
        label="Password"
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
      <SubmitButton tone="primary" size="large">
        Create account
      </SubmitButton>
    </form>
  )
}
