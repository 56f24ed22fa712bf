import { type ErrorCode, isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"
import type { SupabaseClient } from "@supabase/supabase-js"
import { type ApiResponse, explainApiError } from "../unwrap-response.ts"

export type SupabaseApi = {
  location: string
  /** A function that returns one value. */
  call(name: string, parameters: Parameters): Promise<unknown>
  /** A function that returns rows: all of them, whatever the project's limit of rows a request is. */
  callForRows(name: string, parameters: Parameters): Promise<unknown[]>
  /** A query on a table, likewise. */
  selectRows(build: (client: SupabaseClient) => RowsQuery): Promise<unknown[]>
  /** A request that must not be sent twice, for its answer would not be the same. */
  once(
    send: (client: SupabaseClient) => PromiseLike<ApiResponse & Counted>,
  ): Promise<ApiResponse & Counted>
}

type Parameters = Record<string, unknown>
type Counted = { count?: number | null }
type RowsQuery = {
  range(from: number, to: number): PromiseLike<ApiResponse & Counted>
}

const rowsPerRequest = 1_000

/** The Data API for a storage backend; what it refuses becomes a `storage:*` error. */
export function createSupabaseApi({
  client,
  clientWithoutRetries,
  location,
}: {
  client: SupabaseClient
  clientWithoutRetries: SupabaseClient
  location: string
}): SupabaseApi {
  /** Pages until the count says that all rows are there: a project may cap them below what was asked for. */
  async function readAll(query: (from: number, to: number) => PromiseLike<ApiResponse & Counted>) {
    const rows: unknown[] = []
    for (;;) {
      const response = await query(rows.length, rows.length + rowsPerRequest - 1)
      const page = unwrap({ response, location })
      if (!Array.isArray(page)) throw unexpectedAnswer({ location, what: "a list of rows" })
      rows.push(...page)
      const isKnownWhole = response.count != null && rows.length >= response.count
      if (page.length === 0 || isKnownWhole) return rows
    }
  }

  return {
    location,
    call: async (name, parameters) =>
      unwrap({ response: await client.rpc(name, parameters), location }),
    callForRows: (name, parameters) =>
      readAll((from, to) => client.rpc(name, parameters, { count: "exact" }).range(from, to)),
    selectRows: (build) => readAll((from, to) => build(client).range(from, to)),
    async once(send) {
      const response = await send(clientWithoutRetries)
      unwrap({ response, location })
      return response
    },
  }
}

/** SQLSTATE of a failure of ours, for callers that know what to make of it. */
export function sqlStateOf(error: unknown): string | null {
  const cause = isReasoningBankError(error) ? error.cause : null
  const code = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : null
  return typeof code === "string" ? code : null
}

export function unexpectedAnswer({
  location,
  what,
}: {
  location: string
  what: string
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "storage:unsupported",
    message: `${location} did not answer with ${what}.`,
    hint: "Its schema is of another version than this program, or the address is not a Supabase project.",
  })
}

function unwrap({ response, location }: { response: ApiResponse; location: string }): unknown {
  const { data, error, status } = response
  if (error === null) return data
  const own = explainOwn(error)
  if (own !== null) throw new ReasoningBankError({ ...own, cause: error })
  const explained = explainApiError({ error, status, location })
  const code = storageCodes[explained.code] ?? "storage:unsupported"
  const { message, hint } = explained
  throw new ReasoningBankError({ code, message, ...(hint && { hint }), cause: error })
}

const storageCodes: { [code: string]: ErrorCode } = {
  "target:unreachable": "storage:unreachable",
  "target:busy": "storage:unreachable",
  "target:refused": "storage:refused",
  "target:row_refused": "storage:refused",
}

/** What the functions of our schema raise on purpose. */
function explainOwn({ code = "", message, details, hint }: NonNullable<ApiResponse["error"]>) {
  const isMismatch = details === "embedding_mismatch"
  const meaning: ErrorCode | null =
    code === "PT409"
      ? "storage:conflict"
      : code === "22023" && isMismatch
        ? "storage:embedding_mismatch"
        : code === "42501"
          ? "storage:refused"
          : null
  if (meaning === null) return null
  const advice = hint ?? "Sign in as somebody who may do this, or use the project's secret key."
  return { code: meaning, message: `${message}.`, hint: advice }
}
