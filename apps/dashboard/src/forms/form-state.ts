/** What a form shows after its action ran; what was typed comes back with it. */
export type FormState = {
  message?: string
  hint?: string | undefined
  fieldErrors?: Record<string, string>
  values?: Record<string, string>
  /** Said instead of the form or beside it when all went well. */
  done?: string
}

export const untouched: FormState = {}
