/** What a form shows after its action ran; what was typed comes back with it. */
export type FormState = {
  message?: string
  hint?: string | undefined
  fieldErrors?: Record<string, string>
  values?: Record<string, string>
  /** Said instead of the form or beside it when all went well. */
  done?: string
  /** To be handed over; shown this once. */
  link?: string
}

export const untouched: FormState = {}

const secretFields = new Set(["password"])

/** The fields of a form that may stand in it again. */
export function readTyped(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of form.entries()) {
    if (typeof value === "string" && !secretFields.has(name) && !name.startsWith("$ACTION")) {
      typed[name] = value
    }
  }
  return typed
}
