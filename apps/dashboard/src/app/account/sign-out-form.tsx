"use client"

import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { useFormAction } from "../../forms/use-form-action.ts"
import { signOutEverywhereAction } from "./actions.ts"

export function SignOutForm() {
  const [state, action] = useFormAction(signOutEverywhereAction, untouched)
  return (
    <form action={action} className="flex flex-col items-start gap-4">
      <FormMessage state={state} />
      <SubmitButton tone="danger">Sign out everywhere</SubmitButton>
    </form>
  )
}
