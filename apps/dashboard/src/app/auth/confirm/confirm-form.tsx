"use client"

import { SubmitButton } from "../../../components/submit-button.tsx"
import { FormMessage } from "../../../forms/form-message.tsx"
import { untouched } from "../../../forms/form-state.ts"
import { useFormAction } from "../../../forms/use-form-action.ts"
import { confirmLinkAction } from "./actions.ts"

export function ConfirmForm({
  link,
  button,
}: {
  link: { token_hash: string; type: string }
  button: string
}) {
  const [state, action] = useFormAction(confirmLinkAction, untouched)
  return (
    <form action={action} className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="token_hash" value={link.token_hash} />
      <input type="hidden" name="type" value={link.type} />
      <SubmitButton tone="primary" size="large">
        {button}
      </SubmitButton>
    </form>
  )
}
