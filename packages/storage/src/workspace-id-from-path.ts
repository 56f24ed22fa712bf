import { createHash } from "node:crypto"
import path from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"

const digits = 16

/**
 * A project's workspace id: the first 16 hex digits of the SHA-256 of its absolute path, as the Python programs
 * make it. The path is only read: links are not followed, case and accents stay, it need not exist.
 * Raises `usage` for an empty path.
 */
export function workspaceIdFromPath(directory: string): string {
  return createHash("sha256").update(absolutePath(directory)).digest("hex").slice(0, digits)
}

/** Python's `os.path.abspath`: as Node's, but exactly two leading slashes stay (POSIX lets them mean something). */
export function absolutePath(directory: string): string {
  if (directory === "") {
    throw new ReasoningBankError({
      code: "usage",
      message: "An empty path was given for a workspace, a directory was expected.",
      hint: "Give the project's directory, for example process.cwd().",
    })
  }
  const absolute = path.resolve(directory)
  if (path.sep !== "/" || !/^\/\/(?!\/)/.test(directory)) return absolute
  return absolute === "/" ? "//" : `/${absolute}`
}
