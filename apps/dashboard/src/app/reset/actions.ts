"use server"

import { z } from "zod"
import { sendResetLink } from "../../data/account.ts"
import { emailField } from "../../forms/account-fields.ts"
import type { FormState } from "../../forms/form-state.ts"
import { runFormAction } from "../../forms/run-form-action.ts"

const schema = z.object({ email: emailField })

export async function sendResetLinkAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema,
    run: async ({ email }) => {
      await sendResetLink({ email })
      return {
        done: `If ${email} has an account, a link to a new password is on its way. It works once, within an hour.`,
      }
    },
  })
}
