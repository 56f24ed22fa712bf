"use server"

import { redirect } from "next/navigation"
import { confirmLink } from "../../../data/account.ts"
import type { FormState } from "../../../forms/form-state.ts"
import { takeRememberedNext } from "../../../forms/remembered-next.ts"
import { runFormAction } from "../../../forms/run-form-action.ts"
import { linkSchema } from "./read-link.ts"

export async function confirmLinkAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: linkSchema,
    run: async ({ token_hash, type }) => {
      await confirmLink({ tokenHash: token_hash, kind: type })
      const next = await takeRememberedNext()
      redirect(type === "recovery" ? "/account" : next)
    },
  })
}
