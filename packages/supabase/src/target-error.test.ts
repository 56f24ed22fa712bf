import { ReasoningBankError } from "@reasoningbank/core"
import { expect, test } from "vitest"
import { targetError } from "./target-error.ts"

function explained({
  code,
  message = "said the server",
  ...rest
}: {
  code: string
  message?: string
  detail?: string
  hint?: string
}) {
  return targetError({
    cause: Object.assign(new Error(message), { code, ...rest }),
    location: "h:5432/d",
  })
}

test.each([
  ["28P01", "target:refused"],
  ["3D000", "target:refused"],
  ["42501", "target:refused"],
  ["25006", "target:refused"],
  ["53100", "target:refused"],
  ["55000", "target:refused"],
  ["42P01", "target:no_schema"],
  ["42883", "target:no_schema"],
  ["3F000", "target:no_schema"],
  ["40P01", "target:busy"],
  ["53300", "target:busy"],
  ["57014", "target:busy"],
  ["57P03", "target:busy"],
  ["08006", "target:unreachable"],
  ["57P01", "target:unreachable"],
  ["ECONNREFUSED", "target:unreachable"],
  ["ENOTFOUND", "target:unreachable"],
  ["EPIPE", "target:unreachable"],
  ["22P05", "target:row_refused"],
  ["23503", "target:row_refused"],
  ["54000", "target:row_refused"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "target:refused"],
  ["XX000", "target:refused"],
])("%s is %s, names the place and says what to do", (code, expected) => {
  const error = explained({ code })
  expect(error.code).toBe(expected)
  expect(error.message).toBe(`h:5432/d: said the server (${code})`)
  expect(error.hint).toBeTruthy()
})

test("keeps the detail and the hint of the database", () => {
  const error = explained({ code: "23503", detail: "Key is not present.", hint: "Insert it." })
  expect(error.message).toBe("h:5432/d: said the server Key is not present. (23503)")
  expect(error.hint).toBe("Insert it.")
})

test("a missing pgvector is told as such", () => {
  const error = explained({ code: "0A000", message: 'extension "vector" is not available' })
  expect(error.code).toBe("target:missing_extension")
})

test("the pooler's word for a wrong user is explained", () => {
  expect(explained({ code: "XX000", message: "Tenant or user not found" }).hint).toContain(
    "PROJECT_REF",
  )
})

test("a lost connection without a code", () => {
  const cause = new Error("Connection terminated unexpectedly")
  expect(targetError({ cause, location: "h" }).code).toBe("target:unreachable")
})

test("the reason is found among those of several addresses", () => {
  const reason = Object.assign(new Error("connect ECONNREFUSED ::1:1"), { code: "ECONNREFUSED" })
  const cause = new AggregateError([reason, reason], "")
  expect(targetError({ cause, location: "h" }).message).toContain("connect ECONNREFUSED ::1:1")
})

test("our own errors pass through", () => {
  const cause = new ReasoningBankError({ code: "usage", message: "no" })
  expect(targetError({ cause, location: "h" })).toBe(cause)
})
