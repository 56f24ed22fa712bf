"use client"

import { Mail } from "lucide-react"
import Link from "next/link"
import { Field } from "../../components/field.tsx"
import { Input } from "../../components/input.tsx"
import { linkStyle } from "../../components/link-style.ts"
import { SubmitButton } from "../../components/submit-button.tsx"
import { FormMessage } from "../../forms/form-message.tsx"
import type { FormState } from "../../forms/form-state.ts"
import { MailsHint } from "../../forms/mails-hint.tsx"
import { useFormAction } from "../../forms/use-form-action.ts"
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
  const [state, action] = useFormAction(signInAction, notice)
  return (
    <div className="flex flex-col gap-4">
      <FormMessage state={state} />
      {state.done !== undefined && hasLocalMails && <MailsHint />}
      <form action={action} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="next" value={next} />
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
        <Field
          label="Password"
          error={state.fieldErrors?.password}
          aside={
            <Link href="/reset" className={linkStyle}>
              Forgot it?
            </Link>
          }
        >
          {(control) => (
            <Input
              {...control}
              name="password"
              type="password"
              autoComplete="current-password"
              required
            />
          )}
        </Field>
        <SubmitButton tone="primary" size="large" name="way" value="password">
          Sign in
        </SubmitButton>
        <SubmitButton size="large" name="way" value="link">
          <Mail aria-hidden />
          E-mail me a link
        </SubmitButton>
      </form>
      {hasGithub && <GithubLogin next={next} />}
    </div>
  )
}
