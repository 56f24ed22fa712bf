import { AuthApiError, AuthRetryableFetchError } from "@supabase/supabase-js"
import { expect, test } from "vitest"
import { explainAuthError } from "./explain-auth-error.ts"

test("a limit of the sign-in service is explained, whichever it was", () => {
  for (const code of ["over_request_rate_limit", "over_email_send_rate_limit"]) {
    const problem = explainAuthError(new AuthApiError("slow down", 429, code))
    expect(problem).toMatchObject({ code: "too_slow", hint: expect.stringContaining("Wait") })
  }
})

test("a service that does not answer is not taken for a wrong password", () => {
  const problem = explainAuthError(new AuthRetryableFetchError("fetch failed", 0))
  expect(problem).toMatchObject({ code: "unreachable", message: expect.stringContaining("answer") })
})

test("an error without a sentence of ours keeps its own", () => {
  const problem = explainAuthError(new AuthApiError("Something new", 400, "never_seen"))
  expect(problem).toEqual({ code: "failed", message: "Something new" })
})
