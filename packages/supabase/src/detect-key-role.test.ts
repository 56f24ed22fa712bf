import { expect, test } from "vitest"
import { detectKeyRole, requireSecretKey } from "./detect-key-role.ts"

function aLegacyKey(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`
}

const location = "https://abc.supabase.co"

test.each([
  ["sb_secret_abc_def", "service_role"],
  ["sb_publishable_abc_def", "anon"],
  [aLegacyKey({ role: "service_role" }), "service_role"],
  [aLegacyKey({ role: "anon" }), "anon"],
  [aLegacyKey({ role: "authenticated" }), "authenticated"],
  [aLegacyKey({}), "unknown"],
  ["eyJ.%%%.x", "unknown"],
  ["hello", "unknown"],
])("%s acts as %s", (key, role) => {
  expect(detectKeyRole(key)).toBe(role)
})

test("a secret key passes", () => {
  requireSecretKey({ key: "sb_secret_abc", location })
  requireSecretKey({ key: aLegacyKey({ role: "service_role" }), location })
})

test.each([
  ["a publishable key", "sb_publishable_TOPSECRET"],
  ["an anon key", aLegacyKey({ role: "anon", secret: "TOPSECRET" })],
  ["a user's token", aLegacyKey({ role: "authenticated" })],
  ["an empty key", ""],
  ["a key with a line break", "sb_secret_TOPSECRET\n"],
  ["a key in typographic quotes", "“sb_secret_TOPSECRET”"],
])("%s is refused with the reason, and not repeated", (_, key) => {
  expect.assertions(3)
  try {
    requireSecretKey({ key, location })
  } catch (error) {
    expect(error).toMatchObject({
      code: "target:key_role",
      hint: expect.stringContaining("API keys"),
    })
    expect(String(error)).not.toContain("TOPSECRET")
    if (key !== "") expect(String(error)).not.toContain(key)
    else expect(String(error)).toContain("empty")
  }
})
