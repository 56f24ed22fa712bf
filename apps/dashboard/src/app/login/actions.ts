"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { signIn } from "../../data/account.ts"
import { emailField } from "../../forms/account-fields.ts"
import type { FormState } from "../../forms/form-state.ts"
import { runFormAction } from "../../forms/run-form-action.ts"
import { safeNextPath } from "../../forms/safe-next-path.ts"

const schema = z.object({
  email: emailField,
  password: z.string().min(1, "Give your password."),
  next: z.string().optional(),
})

export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema,
    run: async ({ email, password, next }) => {
      await signIn({ email, password })
      redirect(safeNextPath(next))
    },
  })
}
