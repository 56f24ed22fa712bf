import { ReasoningBankError } from "@reasoningbank/core"
import { explainFailure } from "./target-error.ts"

/** What supabase-js resolves to. */
export type ApiResponse = {
  data: unknown
  status: number
  error: { code?: string; message: string; details?: string | null; hint?: string | null } | null
}

/** The request asked for too much at once; a smaller one may pass. `explained` is for a caller that can not split it. */
export class TooMuchAtOnce extends Error {
  readonly explained: ReasoningBankError

  constructor(explained: ReasoningBankError) {
    super(explained.message, { cause: explained })
    this.explained = explained
  }
}

const tooMuchStatuses = new Set([413, 504, 524, 544])
const statementTimeout = "57014"

/**
 * The text a function of ours returned. Raises `target:*` errors that keep the hint of the database, and
 * `TooMuchAtOnce`.
 */
export function unwrapResponse({
  response,
  location,
}: {
  response: ApiResponse
  location: string
}): string {
  const data = unwrapData({ response, location })
  if (typeof data === "string") return data
  throw new ReasoningBankError({
    code: "target:refused",
    message: `${location}: expected a text, the answer (HTTP ${response.status}) is something else.`,
    hint: "Check that the address is that of a Supabase project, such as https://PROJECT_REF.supabase.co.",
  })
}

/** What a function of ours returned, if it did not fail. Raises as `unwrapResponse` does. */
export function unwrapData({
  response,
  location,
}: {
  response: ApiResponse
  location: string
}): unknown {
  const { data, status, error } = response
  if (error === null) return data
  const explained = explainApiError({ error, status, location })
  if (tooMuchStatuses.has(status) || error.code === statementTimeout)
    throw new TooMuchAtOnce(explained)
  throw explained
}

/** A failure as a `target:*` error, with the database's hint. */
export function explainApiError({
  error,
  status,
  location,
}: {
  error: NonNullable<ApiResponse["error"]>
  status: number
  location: string
}): ReasoningBankError {
  const said = status === 0 ? networkCause(error) : shorten(error.message)
  const byStatus = explanations[status]
  if (byStatus !== undefined) {
    const message = `${location}: ${byStatus.message} (HTTP ${status}${said === "" ? "" : `: ${said}`})`
    return new ReasoningBankError({ ...byStatus, message })
  }
  if (status === 0 || status >= 502) {
    return new ReasoningBankError({
      code: "target:unreachable",
      message: `${location} does not answer${status === 0 ? "" : ` (HTTP ${status})`}: ${said}`,
      hint: "Check the address and the network, and that the project is not paused; then run again.",
    })
  }
  return explainFailure({
    failure: {
      code: error.code ?? "",
      message: said === "" ? `HTTP ${status}` : said,
      detail: error.details ?? undefined,
      hint: error.hint ?? undefined,
    },
    location,
  })
}

const explanations: Record<
  number,
  { code: "target:refused" | "target:busy"; message: string; hint: string }
> = {
  401: {
    code: "target:refused",
    message: "the key is not one of this project's",
    hint: "Copy the secret key again from Project settings, API keys, of the same project as the address.",
  },
  413: {
    code: "target:refused",
    message: "one row is larger than the server takes",
    hint: "Migrate with DATABASE_URL instead, which has no such limit.",
  },
  429: {
    code: "target:busy",
    message: "too many requests",
    hint: "Wait a few minutes and run again; what was written stays.",
  },
  540: {
    code: "target:refused",
    message: "the project is paused",
    hint: "Restore it in the Supabase dashboard and run again.",
  },
}

/** supabase-js hides the reason of a failed `fetch` in the details. */
function networkCause({ message, details }: { message: string; details?: string | null }): string {
  const [, cause] = /^Caused by: (?:\w*Error: )?(.+)$/m.exec(details ?? "") ?? []
  return cause ?? shorten(message)
}

/** An error page of a proxy is not worth printing. */
function shorten(message: string): string {
  return message.trimStart().startsWith("<") ? "" : message.slice(0, 500)
}
