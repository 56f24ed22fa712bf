import type { z } from "zod"
import { ReasoningBankError } from "../errors.ts"
import { describeValue } from "./plain-json.ts"

/**
 * What a program gave, checked and with its defaults. Raises `usage` with every violation and where it is;
 * `what` begins the sentence: "The trace".
 */
export function parseInput<Output>({
  schema,
  input,
  what,
}: {
  schema: z.ZodType<Output>
  input: unknown
  what: string
}): Output {
  const parsed = schema.safeParse(input, { error: describeIssue })
  if (parsed.success) return parsed.data
  const violations = parsed.error.issues.map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  )
  const distinct = [...new Set(violations)]
  const count = distinct.length === 1 ? "1 violation" : `${distinct.length} violations`
  throw new ReasoningBankError({
    code: "usage",
    message: `${what} can not be used, ${count}. ${distinct.join("; ")}.`,
    hint: "Correct what is named; nothing was read or written.",
    cause: parsed.error,
  })
}

type Issue = Parameters<NonNullable<Parameters<z.ZodType["safeParse"]>[1]>["error"] & {}>[0]

function describeIssue(issue: Issue): string | undefined {
  const given = `${describeValue(issue.input)} given`
  switch (issue.code) {
    case "invalid_type":
      return `${given}, ${expectedType(String(issue.expected))} expected`
    case "invalid_value":
      return `${given}, ${Array.isArray(issue.values) ? issue.values.join(", ") : "another value"} expected`
    case "unrecognized_keys":
      return `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.join(", ")}; what has no field of its own goes into extras or metadata`
    case "too_small":
    case "too_big": {
      const limit = issue.code === "too_small" ? issue.minimum : issue.maximum
      const bound = issue.code === "too_small" ? "at least" : "at most"
      if (issue.origin !== "array") return `${given}, ${bound} ${limit} expected`
      const size = Array.isArray(issue.input) ? issue.input.length : 0
      return `${size} elements given, ${bound} ${limit} expected`
    }
    default:
      return undefined
  }
}

function expectedType(expected: string): string {
  if (expected === "int") return "an integer"
  return /^[aio]/.test(expected) ? `an ${expected}` : `a ${expected}`
}

function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "it"
  return path
    .map((part, at) =>
      typeof part === "number" ? `[${part}]` : at === 0 ? part : `.${String(part)}`,
    )
    .join("")
}
