"use client"

import { useActionState } from "react"
import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { signInAction } from "./actions.ts"

export function LoginForm({ next }: { next: string }) {
  const [state, action] = useActionState(signInAction, untouched)
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
      <Field label="Password" error={state.fieldErrors?.password}>
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
      </Field>
      <SubmitButton tone="primary" size="large">
        Sign in
      </SubmitButton>
    </form>
  )
}
