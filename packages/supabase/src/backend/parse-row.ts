import type { z } from "zod"
import { type SupabaseApi, unexpectedAnswer } from "./supabase-api.ts"

/** A row with the columns expected; raises `storage:unsupported` for one without. */
export function parseRow<Row>({
  api,
  schema,
  row,
}: {
  api: SupabaseApi
  schema: z.ZodType<Row>
  row: unknown
}): Row {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const what = `the columns expected (${issue?.path.join(".")}: ${issue?.message})`
  throw unexpectedAnswer({ location: api.location, what })
}
