"use client"

import { SubmitButton } from "../../components/submit-button.tsx"
import { AccountForm } from "../../forms/account-form.tsx"
import { sendResetLinkAction } from "./actions.ts"

export function ResetForm({ hasLocalMails }: { hasLocalMails: boolean }) {
  return (
    <AccountForm action={sendResetLinkAction} hasLocalMails={hasLocalMails}>
      <SubmitButton tone="primary" size="large">
        Send the link
      </SubmitButton>
    </AccountForm>
  )
}
