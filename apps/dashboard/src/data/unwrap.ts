import "server-only"
import { DataError, type DataErrorCode } from "./data-error.ts"

type Failure = { message: string; code?: string; hint?: string | null; details?: string | null }

type Answer<Data> =
  | { data: Data; error: null; status: number }
  | { data: null; error: Failure; status: number }

/** The rows of an answer. Raises `DataError`; a message of our own SQL functions is meant for the user and kept. */
export function unwrap<Data>({ data, error, status }: Answer<Data>): Data {
  if (error === null) return data
  const code = codeOf({ error, status })
  throw new DataError({
    code,
    message: code === "unreachable" ? "The database does not answer." : error.message,
    hint: error.hint ?? undefined,
    cause: error,
  })
}

function codeOf({ error, status }: { error: Failure; status: number }): DataErrorCode {
  if (status === 0 || status === 502 || status === 503) return "unreachable"
  return byPostgresCode[error.code ?? ""] ?? byStatus[status] ?? "failed"
}

const byPostgresCode: Record<string, DataErrorCode> = {
  "42501": "forbidden",
  PT404: "not_found",
  PT409: "conflict",
  "23505": "conflict",
  "22023": "invalid",
  "22P02": "invalid",
  "23514": "invalid",
  "57014": "too_slow",
}

const byStatus: Record<number, DataErrorCode> = {
  401: "forbidden",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  504: "too_slow",
}
