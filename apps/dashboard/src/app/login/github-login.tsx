"use client"

import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import { untouched } from "../../forms/form-state.ts"
import { useFormAction } from "../../forms/use-form-action.ts"
import { githubLoginAction } from "./actions.ts"

export function GithubLogin({ next }: { next: string }) {
  const [state, action] = useFormAction(githubLoginAction, untouched)
  return (
    <form action={action} className="flex flex-col gap-4">
      <FormMessage state={state} />
      <input type="hidden" name="next" value={next} />
      <SubmitButton size="large">Continue with GitHub</SubmitButton>
    </form>
  )
}
