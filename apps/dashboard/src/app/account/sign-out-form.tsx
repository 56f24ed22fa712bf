"use client"

import { useActionState } from "react"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { signOutEverywhereAction } from "./actions.ts"

export function SignOutForm() {
  const [state, action] = useActionState(signOutEverywhereAction, untouched)
  return (
    <form action={action} className="flex flex-col items-start gap-4">
      <FormMessage state={state} />
      <SubmitButton tone="danger">Sign out everywhere</SubmitButton>
    </form>
  )
}
