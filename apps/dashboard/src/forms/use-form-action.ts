"use client"

import { unstable_rethrow } from "next/navigation"
import { useActionState } from "react"
import { type FormState, readTyped } from "./form-state.ts"

/**
 * `useActionState` for a form: what was typed stays when the server does not answer, and the form says so.
 * Returns the state, the action for the form, and whether it runs.
 */
export function useFormAction(
  action: (state: FormState, form: FormData) => Promise<FormState>,
  initial: FormState,
) {
  return useActionState(async (state: FormState, form: FormData) => {
    try {
      return await action(state, form)
    } catch (error) {
      unstable_rethrow(error)
      if (!isLostConnection(error)) throw error
      return {
        message: "The server did not answer, so this may not have been carried out.",
        hint: "What you typed is still here. Check the connection and try again.",
        values: readTyped(form),
      }
    }
  }, initial)
}

/** What `fetch` raises when no answer came. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError
}
