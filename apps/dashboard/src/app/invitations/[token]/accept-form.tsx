"use client"

import { SubmitButton } from "../../../components/submit-button.tsx"
import { FormMessage } from "../../../forms/form-message.tsx"
import { untouched } from "../../../forms/form-state.ts"
import { useFormAction } from "../../../forms/use-form-action.ts"
import { acceptInvitationAction } from "./actions.ts"

export function AcceptForm({ token }: { token: string }) {
  const [state, action] = useFormAction(acceptInvitationAction, untouched)
  return (
    <form action={action} className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton tone="primary" size="large">
        Accept the invitation
      </SubmitButton>
    </form>
  )
}
