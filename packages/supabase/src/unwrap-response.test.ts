import { expect, test } from "vitest"
import { TooMuchAtOnce, unwrapResponse } from "./unwrap-response.ts"

const location = "https://abc.supabase.co"

function failure(
  status: number,
  error: { code?: string; message?: string; details?: string; hint?: string } = {},
) {
  return () =>
    unwrapResponse({
      response: { data: null, status, error: { message: "said", ...error } },
      location,
    })
}

test("a text is what the function returned", () => {
  expect(unwrapResponse({ response: { data: "[]", status: 200, error: null }, location })).toBe(
    "[]",
  )
})

test("anything else is not an answer of ours, an empty 404 included", () => {
  for (const data of [null, 1, []]) {
    expect(() =>
      unwrapResponse({ response: { data, status: 204, error: null }, location }),
    ).toThrow("expected a text")
  }
})

test.each([
  [0, {}, "target:unreachable"],
  [401, {}, "target:refused"],
  [403, { code: "42501" }, "target:refused"],
  [404, { code: "PGRST202" }, "target:no_schema"],
  [404, { message: "<!doctype html>" }, "target:refused"],
  [409, { code: "23503" }, "target:row_refused"],
  [400, { code: "22P02" }, "target:row_refused"],
  [429, {}, "target:busy"],
  [503, {}, "target:unreachable"],
  [540, {}, "target:refused"],
])("HTTP %s %j is %s", (status, error, code) => {
  expect(failure(status, error)).toThrow(
    expect.objectContaining({ code, hint: expect.any(String) }),
  )
})

test.each([
  [413, {}],
  [504, {}],
  [500, { code: "57014" }],
])("HTTP %s %j may pass in smaller parts", (status, error) => {
  expect(failure(status, error)).toThrow(TooMuchAtOnce)
})

test("keeps the hint and the details of the database", () => {
  const error = { code: "23503", details: "Key is missing.", hint: "Insert it." }
  expect(failure(409, error)).toThrow(
    expect.objectContaining({
      message: `${location}: said Key is missing. (23503)`,
      hint: "Insert it.",
    }),
  )
})

test("finds the reason that supabase-js hides in the details", () => {
  const details =
    "TypeError: fetch failed\n\nCaused by: Error: connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)\n at x"
  expect(failure(0, { message: "TypeError: fetch failed", details })).toThrow(
    "connect ECONNREFUSED 127.0.0.1:1",
  )
})

test("does not print a proxy's page", () => {
  expect(failure(502, { message: "<html><body>Bad gateway</body></html>" })).not.toThrow("html")
})
