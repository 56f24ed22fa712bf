import process from "node:process"
import { expect, test } from "vitest"
import { workspaceIdFromPath } from "./workspace-id-from-path.ts"

test.each([
  ["/a", "6a50dc8584134c7d"],
  ["/a/b", "662b7b62a798bb2d"],
  ["/app", "f53b52ad6d21cceb"],
  ["/home/user/test-project", "575e6c19532fdf9a"],
  ["/a/\u00e9", "9d1e07e165e69c23"],
  ["/a/e\u0301", "0877d5fcf84b0d47"],
])("%s is %s, as the Python programs have it", (directory, id) => {
  expect(workspaceIdFromPath(directory)).toBe(id)
})

test.each(["/a/b/", "/a//b", "/a/./b", "/a/c/../b", "///a/b", "/../a/b"])("%s is /a/b", (path) => {
  expect(workspaceIdFromPath(path)).toBe(workspaceIdFromPath("/a/b"))
})

test("exactly two leading slashes are another path", () => {
  expect(workspaceIdFromPath("//a/b")).not.toBe(workspaceIdFromPath("/a/b"))
  expect(workspaceIdFromPath("//a/./b/")).toBe(workspaceIdFromPath("//a/b"))
})

test("a relative path begins where the process is", () => {
  expect(workspaceIdFromPath(".")).toBe(workspaceIdFromPath(process.cwd()))
})

test("an empty path is refused", () => {
  expect(() => workspaceIdFromPath("")).toThrow(expect.objectContaining({ code: "usage" }))
})
