"use client"

import { useActionState } from "react"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { githubLoginAction } from "./actions.ts"

export function GithubLogin({ next }: { next: string }) {
  const [state, action] = useActionState(githubLoginAction, untouched)
  return (
    <form action={action} className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="next" value={next} />
      <SubmitButton size="large">Continue with GitHub</SubmitButton>
    </form>
  )
}
