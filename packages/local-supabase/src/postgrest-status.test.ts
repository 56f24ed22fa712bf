import { expect, test } from "vitest"
import { postgrestStatus } from "./postgrest-status.ts"

test.each([
  ["P0001", 400],
  ["P0002", 500],
  ["40001", 500],
  ["57014", 500],
  ["28000", 403],
  ["23514", 400],
  ["ZZ123", 400],
])("answers SQLSTATE %s with %i", (sqlState, status) => {
  expect(postgrestStatus(sqlState)).toBe(status)
})
