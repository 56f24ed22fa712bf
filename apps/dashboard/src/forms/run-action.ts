import "server-only"
import { unstable_rethrow } from "next/navigation"
import type { z } from "zod"
import { DataError, type DataErrorCode } from "../data/data-error.ts"
import { requireSameOrigin } from "./require-same-origin.ts"

export type ActionResult<Done> =
  | { status: "done"; result: Done }
  | {
      status: "refused"
      code: DataErrorCode
      message: string
      hint?: string | undefined
      fieldErrors?: Record<string, string>
    }

/** What a server action without a form does: refuse other origins, parse its input, run, and hand a refusal back. */
export async function runAction<Schema extends z.ZodType, Done>({
  input,
  schema,
  run,
}: {
  input: unknown
  schema: Schema
  run: (input: z.output<Schema>) => Promise<Done>
}): Promise<ActionResult<Done>> {
  try {
    await requireSameOrigin()
    const parsed = schema.safeParse(input)
    if (!parsed.success) {
      const fieldErrors: Record<string, string> = {}
      for (const { path, message } of parsed.error.issues) fieldErrors[path.join(".")] ??= message
      return {
        status: "refused",
        code: "invalid",
        message: "Something is not as it should be.",
        fieldErrors,
      }
    }
    return { status: "done", result: await run(parsed.data) }
  } catch (error) {
    unstable_rethrow(error)
    if (!(error instanceof DataError)) throw error
    return { status: "refused", code: error.code, message: error.message, hint: error.hint }
  }
}
