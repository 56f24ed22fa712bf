/**
 * What went wrong, as a caller can branch on it. The part before the colon is whose fault it is:
 * `source` (the Chroma store), `target` (the Supabase database), `backup` (an archive of the source), `storage` (a storage backend), `embedding` (the model), `usage` (the arguments), `internal`.
 */
export type ErrorCode =
  | "usage"
  | "source:not_found"
  | "source:not_sqlite"
  | "source:not_chroma"
  | "source:not_reasoning_bank"
  | "source:unsupported"
  | "source:sqlite"
  | "source:hnsw"
  | "source:log_vector"
  | "source:changed"
  | "source:unreachable"
  | "source:refused"
  | "source:traces_file"
  | "target:unreachable"
  | "target:refused"
  | "target:no_schema"
  | "target:not_supabase"
  | "target:schema_version"
  | "target:key_role"
  | "target:missing_extension"
  | "target:busy"
  | "target:row_refused"
  | "run:refused"
  | "run:built_on"
  | "run:lease_lost"
  | "backup:refused"
  | "backup:not_written"
  | "backup:damaged"
  | "verification:differences"
  | "storage:conflict"
  | "storage:embedding_mismatch"
  | "storage:unreachable"
  | "storage:refused"
  | "storage:unsupported"
  | "embedding:no_model"
  | "embedding:model_files"
  | "embedding:failed"
  | "embedding:unreachable"
  | "embedding:refused"
  | "embedding:vectors"
  | "embedding:closed"
  | "interrupted"
  | "internal"

export type ReasoningBankErrorOptions = {
  code: ErrorCode
  /** What was given and what was expected, one sentence. */
  message: string
  /** What to do next, one sentence. */
  hint?: string
  cause?: unknown
}

/** Every failure this project raises on purpose. Callers branch on `code`; people read `message` and `hint`. */
export class ReasoningBankError extends Error {
  override readonly name = "ReasoningBankError"
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor({ code, message, hint, cause }: ReasoningBankErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
  }
}

export function isReasoningBankError(error: unknown): error is ReasoningBankError {
  return error instanceof ReasoningBankError
}
