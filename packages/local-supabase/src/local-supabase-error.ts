/** What a caller can branch on; people read `message` and `hint`. */
export type LocalSupabaseErrorCode =
  | "directory_in_use"
  | "directory_unusable"
  | "database_unreadable"
  | "database_unreachable"
  | "database_refused"
  | "keys_unreadable"
  | "migrations_unreadable"
  | "migration_changed"
  | "migration_unknown"
  | "migration_out_of_order"
  | "migration_failed"
  | "port_unavailable"
  | "server_outdated"
  | "server_failed"
  | "server_lost"
  | "lite_changed"

export type LocalSupabaseErrorOptions = {
  code: LocalSupabaseErrorCode
  /** What was given and what was expected, one sentence. */
  message: string
  /** What to do next, one sentence. */
  hint: string
  cause?: unknown
}

/** Every failure this package raises on purpose, except what Postgres says about a caller's statement. */
export class LocalSupabaseError extends Error {
  override readonly name = "LocalSupabaseError"
  readonly code: LocalSupabaseErrorCode
  readonly hint: string

  constructor({ code, message, hint, cause }: LocalSupabaseErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
  }
}
