"use client"

import { Mail } from "lucide-react"
import Link from "next/link"
import { linkStyle } from "../../components/link-style.ts"
import { SubmitButton } from "../../components/submit-button.tsx"
import { AccountForm } from "../../forms/account-form.tsx"
import type { FormState } from "../../forms/form-state.ts"
import { signInAction } from "./actions.ts"
import { GithubLogin } from "./github-login.tsx"

export function LoginForm({
  next,
  notice,
  hasGithub,
  hasLocalMails,
}: {
  next: string
  /** Why one is here, such as a link that did not work. */
  notice: FormState
  hasGithub: boolean
  hasLocalMails: boolean
}) {
  return (
    <div className="flex flex-col gap-4">
      <AccountForm
        action={signInAction}
        notice={notice}
        next={next}
        password={{
          kind: "current",
          aside: (
            <Link href="/reset" className={linkStyle}>
              Forgot it?
            </Link>
          ),
        }}
        hasLocalMails={hasLocalMails}
      >
        <SubmitButton tone="primary" size="large" name="way" value="password">
          Sign in
        </SubmitButton>
        <SubmitButton size="large" name="way" value="link">
          <Mail aria-hidden />
          E-mail me a link
        </SubmitButton>
      </AccountForm>
      {hasGithub && <GithubLogin next={next} />}
    </div>
  )
}
