import { expect, test } from "vitest"
import { safeNextPath } from "./safe-next-path.ts"

test.each([
  ["/w/a%2Fb/overview?period=7d", "/w/a%2Fb/overview?period=7d"],
  ["/workspaces#there", "/workspaces"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
  ["", "/"],
  ["workspaces", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["\\\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/\n/evil.example", "/"],
  ["/..//evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/./\\evil.example", "/"],
  ["@evil.example", "/"],
  [".evil.example", "/"],
  ["https:evil.example", "/"],
  ["https://evil.example", "/"],
  ["http://own.invalid/path", "/"],
  ["javascript:alert(1)", "/"],
  [" /w", "/"],
])("%j leads to %j", (next, expected) => {
  expect(safeNextPath(next)).toBe(expected)
})

test.each(["/%2f%2fevil.example", "/%5cevil.example", "/%0d%0aLocation: https://evil.example"])(
  "%j stays a path of this site",
  (next) => {
    const path = safeNextPath(next)
    expect(new URL(path, "https://own.example").origin).toBe("https://own.example")
    expect(path).not.toMatch(/[\r\n]/)
  },
)
