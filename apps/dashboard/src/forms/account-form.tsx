"use client"

import type { ReactNode } from "react"
import { Field } from "../components/field.tsx"
import { Input } from "../components/input.tsx"
import { FormMessage } from "./form-message.tsx"
import { type FormState, untouched } from "./form-state.ts"
import { MailsHint } from "./mails-hint.tsx"
import { useFormAction } from "./use-form-action.ts"

/** The form of everything that begins with an e-mail address: signing in, signing up, a link by mail. */
export function AccountForm({
  action: serverAction,
  notice = untouched,
  next,
  password,
  hasLocalMails = false,
  endsWhenDone = false,
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What it says before it is used, such as why one is here. */
  notice?: FormState
  /** Where to go afterwards. */
  next?: string
  /** Left out where the address is enough. */
  password?: { kind: "current" | "new"; hint?: string; aside?: ReactNode }
  /** Whether mails are to be read on this server. */
  hasLocalMails?: boolean
  /** Whether nothing but the message is left once it is done. */
  endsWhenDone?: boolean
  /** The buttons. */
  children: ReactNode
}) {
  const [state, action] = useFormAction(serverAction, notice)
  const { done, fieldErrors, values } = state
  if (done !== undefined && endsWhenDone) return <FormMessage state={state} />
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormMessage state={state} />
      {done !== undefined && hasLocalMails && <MailsHint />}
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <Field label="E-mail" error={fieldErrors?.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={values?.email}
            required
          />
        )}
      </Field>
      {password !== undefined && (
        <Field
          label="Password"
          hint={password.hint}
          aside={password.aside}
          error={fieldErrors?.password}
        >
          {(control) => (
            <Input
              {...control}
              name="password"
              type="password"
              autoComplete={`${password.kind}-password`}
              required
            />
          )}
        </Field>
      )}
      {children}
    </form>
  )
}
