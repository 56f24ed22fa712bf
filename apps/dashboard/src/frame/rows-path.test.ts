import { expect, test } from "vitest"
import { rowsPath } from "./rows-path.ts"

test("filters are escaped, missing ones left out", () => {
  expect(
    rowsPath({
      workspaceId: "a/b",
      page: "memories",
      filter: { tag: "c&d", errors: "only", from: null, to: "2026-10-08" },
    }),
  ).toBe("/w/a%2Fb/memories?tag=c%26d&errors=only&to=2026-10-08")
  expect(rowsPath({ workspaceId: "w", page: "traces" })).toBe("/w/w/traces")
})
