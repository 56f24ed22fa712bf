"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { signUp } from "../../data/account.ts"
import { emailField, newPasswordField } from "../../forms/account-fields.ts"
import type { FormState } from "../../forms/form-state.ts"
import { rememberNext } from "../../forms/remembered-next.ts"
import { runFormAction } from "../../forms/run-form-action.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"

const schema = z.object({
  email: emailField,
  password: newPasswordField,
  next: z.string().optional(),
})

export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema,
    run: async ({ email, password, next }) => {
      if ((await signUp({ email, password })) === "signed_in") redirect(safeNextPath(next))
      await rememberNext(safeNextPath(next))
      return {
        done: `A mail is on its way to ${email}. Open the link in it to confirm the address.`,
      }
    },
  })
}
