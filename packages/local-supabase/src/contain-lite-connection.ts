import type { Connection } from "@supabase/lite"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { postgrestStatus } from "./postgrest-status.ts"

/**
 * Takes two habits from a connection of `@supabase/lite` 0.10.0.
 *
 * `ensureRlsContext` grants ALL on every table and sequence of each schema that holds a table with row level
 * security to anon, authenticated and service_role, on the first request; without such a table every request
 * runs as the database's owner. Here it grants nothing and each request takes its role.
 *
 * Errors of Postgres it has no status for, among them `raise exception`, become a bare 500; `normalizeDbError`
 * is where they pass, and lite answers with status and body of our choice to an error coded `PGRST`.
 *
 * Raises `lite_changed`.
 */
export function containLiteConnection(connection: Connection): void {
  if (typeof Reflect.get(connection, "ensureRlsContext") !== "function") {
    throw new LocalSupabaseError({
      code: "lite_changed",
      message: "This version of @supabase/lite sets up roles in another way than 0.10.0.",
      hint: "Install @supabase/lite 0.10.0: with another one rows and privileges are not safe.",
    })
  }
  Object.defineProperty(connection, "ensureRlsContext", { value: async () => true })
  Object.defineProperty(connection, "normalizeDbError", { value: answerLikePostgrest })
}

const SQLSTATES_OF_LITE =
  /^(PT...|PGRST|42501|42P01|42P17|42883|23502|23503|23505|25006|(21|22|42|53|55)...)$/

function answerLikePostgrest(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error
  const { code } = error
  if (!/^[0-9A-Z]{5}$/.test(code) || SQLSTATES_OF_LITE.test(code)) return error
  const body = {
    code,
    message: error.message,
    details: textOf(error, "detail"),
    hint: textOf(error, "hint"),
  }
  return Object.assign(new Error(JSON.stringify(body)), {
    code: "PGRST",
    detail: JSON.stringify({ status: postgrestStatus(code), headers: {} }),
  })
}

function textOf(error: Error, field: string): string | null {
  const value: unknown = Reflect.get(error, field)
  return typeof value === "string" ? value : null
}
