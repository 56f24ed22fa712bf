/** What can go wrong between this server and Supabase. The page of each is in components/error-state.tsx. */
export const dataErrorCodes = [
  "unreachable",
  "forbidden",
  "not_found",
  "conflict",
  "invalid",
  "too_slow",
  "failed",
] as const

export type DataErrorCode = (typeof dataErrorCodes)[number]

const digestPrefix = "data:"

/** A read or write that Supabase did not carry out. `digest` is all of it that Next.js lets an error page see. */
export class DataError extends Error {
  readonly code: DataErrorCode
  /** What the user can do, in the words of the database. */
  readonly hint: string | undefined
  readonly digest: string

  constructor({
    code,
    message,
    hint,
    cause,
  }: {
    code: DataErrorCode
    message: string
    hint?: string | undefined
    cause?: unknown
  }) {
    super(message, { cause })
    this.name = "DataError"
    this.code = code
    this.hint = hint
    this.digest = `${digestPrefix}${code}`
  }
}

/** The code behind the digest of an error that an error page was given. */
export function readDataErrorCode(digest: string | undefined): DataErrorCode {
  const code = digest?.startsWith(digestPrefix) ? digest.slice(digestPrefix.length) : "failed"
  return dataErrorCodes.find((known) => known === code) ?? "failed"
}
