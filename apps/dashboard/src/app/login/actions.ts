"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { sendSignInLink, signIn, startGithubLogin } from "../../data/account.ts"
import { emailField } from "../../forms/account-fields.ts"
import type { FormState } from "../../forms/form-state.ts"
import { readOwnOrigin } from "../../forms/read-own-origin.ts"
import { rememberNext } from "../../forms/remembered-next.ts"
import { runFormAction } from "../../forms/run-form-action.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"

const nextField = z.string().optional().transform(safeNextPath)

const passwordSchema = z.object({
  email: emailField,
  password: z.string().min(1, "Give your password, or have a link mailed to you."),
  next: nextField,
})
const linkSchema = z.object({ email: emailField, next: nextField })

/** Signs in with the password, or mails a link when that button was pressed. */
export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  if (form.get("way") !== "link") {
    return runFormAction({
      form,
      schema: passwordSchema,
      run: async ({ email, password, next }) => {
        await signIn({ email, password })
        redirect(next)
      },
    })
  }
  return runFormAction({
    form,
    schema: linkSchema,
    run: async ({ email, next }) => {
      await sendSignInLink({ email })
      await rememberNext(next)
      return {
        done: `If ${email} has an account, a link that signs you in is on its way. It works once, within an hour.`,
      }
    },
  })
}

export async function githubLoginAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ next: nextField }),
    run: async ({ next }) =>
      redirect(await startGithubLogin({ origin: await readOwnOrigin(), next })),
  })
}
