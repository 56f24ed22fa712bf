"use client"

import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { MailsHint } from "../../forms/mails-hint.tsx"
import { useFormAction } from "../../forms/use-form-action.ts"
import { sendResetLinkAction } from "./actions.ts"

export function ResetForm({ hasLocalMails }: { hasLocalMails: boolean }) {
  const [state, action] = useFormAction(sendResetLinkAction, untouched)
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      {state.done !== undefined && hasLocalMails && <MailsHint />}
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
      <SubmitButton tone="primary" size="large">
        Send the link
      </SubmitButton>
    </form>
  )
}
