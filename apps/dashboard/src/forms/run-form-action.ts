import "server-only"
import { unstable_rethrow } from "next/navigation"
import type { z } from "zod"
import { DataError } from "../data/data-error.ts"
import { type FormState, readTyped } from "./form-state.ts"
import { requireSameOrigin } from "./require-same-origin.ts"

/**
 * What every server action of a form does: refuse other origins, parse the fields, run, and turn a refusal into what
 * the form shows. `run` may redirect.
 */
export async function runFormAction<Schema extends z.ZodObject>({
  form,
  schema,
  run,
}: {
  form: FormData
  schema: Schema
  run: (input: z.output<Schema>) => Promise<FormState>
}): Promise<FormState> {
  const fields = Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === "string" && !name.startsWith("$ACTION") ? [[name, value]] : [],
    ),
  )
  const values = readTyped(form)
  try {
    await requireSameOrigin()
    const parsed = schema.safeParse(fields)
    if (!parsed.success) {
      const fieldErrors: Record<string, string> = {}
      for (const { path, message } of parsed.error.issues) fieldErrors[String(path[0])] ??= message
      return { fieldErrors, values }
    }
    return await run(parsed.data)
  } catch (error) {
    unstable_rethrow(error)
    if (!(error instanceof DataError)) throw error
    return { message: error.message, hint: error.hint, values }
  }
}
