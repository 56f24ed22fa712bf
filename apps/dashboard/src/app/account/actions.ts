"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { changePassword, signOut } from "../../data/account.ts"
import { newPasswordField } from "../../forms/account-fields.ts"
import type { FormState } from "../../forms/form-state.ts"
import { runFormAction } from "../../forms/run-form-action.ts"

export async function changePasswordAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ password: newPasswordField }),
    run: async ({ password }) => {
      await changePassword({ password })
      return { done: "The password is changed." }
    },
  })
}

export async function signOutEverywhereAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({}),
    run: async () => {
      await signOut({ everywhere: true })
      redirect("/login?notice=everywhere")
    },
  })
}
