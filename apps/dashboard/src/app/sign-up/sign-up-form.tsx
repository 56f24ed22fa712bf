"use client"

import { SubmitButton } from "../../components/submit-button.tsx"
import { AccountForm } from "../../forms/account-form.tsx"
import { signUpAction } from "./actions.ts"

export function SignUpForm({ next }: { next: string }) {
  return (
    <AccountForm
      action={signUpAction}
      next={next}
      password={{ kind: "new", hint: "At least 8 characters. A sentence works well." }}
      endsWhenDone
    >
      <SubmitButton tone="primary" size="large">
        Create account
      </SubmitButton>
    </AccountForm>
  )
}
