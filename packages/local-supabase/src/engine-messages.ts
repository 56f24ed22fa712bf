import type { EngineAnswer, EngineRequest } from "./engine.ts"
import { LocalSqlError } from "./local-sql-error.ts"
import { LocalSupabaseError, type LocalSupabaseErrorCode } from "./local-supabase-error.ts"

/** To the worker thread. */
export type EngineCall =
  | { kind: "handle"; id: number; request: EngineRequest }
  | { kind: "transaction"; id: number; frame: Uint8Array<ArrayBuffer> }
  | { kind: "close"; id: number }

/** From the worker thread. */
export type EngineMessage =
  | { kind: "log"; text: string }
  | { kind: "ready" }
  | { kind: "unable"; error: PackedError }
  | { kind: "done"; id: number; value: EngineAnswer | Uint8Array<ArrayBuffer> | undefined }
  | { kind: "failed"; id: number; error: PackedError }

/** An error as data, for another thread or process: ours keep their class, all others become `server_failed`. */
export type PackedError =
  | { kind: "supabase"; code: LocalSupabaseErrorCode; message: string; hint: string }
  | {
      kind: "sql"
      code: string
      message: string
      detail?: string | undefined
      hint?: string | undefined
      where?: string | undefined
      constraint?: string | undefined
      statementIndex: number
    }

export function packError(error: unknown): PackedError {
  if (error instanceof LocalSupabaseError) {
    return { kind: "supabase", code: error.code, message: error.message, hint: error.hint }
  }
  if (error instanceof LocalSqlError) {
    const { code, message, detail, hint, where, constraint, statementIndex } = error
    return { kind: "sql", code, message, detail, hint, where, constraint, statementIndex }
  }
  return {
    kind: "supabase",
    code: "server_failed",
    message: `The local Supabase failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    hint: "Try again; server.log in the data directory has more.",
  }
}

export function unpackError(packed: PackedError): LocalSupabaseError | LocalSqlError {
  return packed.kind === "sql" ? new LocalSqlError(packed) : new LocalSupabaseError(packed)
}
