import { expect, it } from "vitest"
import { createRedactor } from "./redact-secrets.ts"

it("blanks known secrets and the password of any URL", () => {
  const redact = createRedactor(["sb_secret_p@ss", undefined, "short"])
  expect(redact("key sb_secret_p@ss or sb_secret_p%40ss, short")).toBe(
    "key [secret] or [secret], short",
  )
  expect(redact("postgres://me:pass@host/db and https://:x@host:80/a:b@c")).toBe(
    "postgres://me:[secret]@host/db and https://:[secret]@host:80/a:b@c",
  )
})

it("takes no longer for a long word", () => {
  const text = "c".repeat(2_000_000)
  expect(createRedactor([])(text)).toBe(text)
})
