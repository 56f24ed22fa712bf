import { ReasoningBankError } from "@reasoningbank/core"

/**
 * The database role a Supabase key acts as: `sb_secret_…` is `service_role`, `sb_publishable_…` is `anon`, a legacy
 * key (a JWT) says it in its `role` claim; `unknown` for anything else.
 */
export function detectKeyRole(key: string): string {
  if (key.startsWith("sb_secret_")) return "service_role"
  if (key.startsWith("sb_publishable_")) return "anon"
  const [, payload, signature] = key.split(".")
  if (payload === undefined || signature === undefined) return "unknown"
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))
    const role = typeof claims === "object" && claims !== null ? Reflect.get(claims, "role") : null
    return typeof role === "string" ? role : "unknown"
  } catch {
    return "unknown"
  }
}

/** Raises `target:key_role` for a key that can not write a migration; the key itself is never named. */
export function requireSecretKey({ key, location }: { key: string; location: string }): void {
  const hint =
    "Use the project's secret key (sb_secret_…, or the legacy service_role key) from Project settings, API keys; keep it out of browsers."
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new ReasoningBankError({
      code: "target:key_role",
      message: `${location}: the key given is empty or holds characters that no key has.`,
      hint,
    })
  }
  const role = detectKeyRole(key)
  if (role !== "anon" && role !== "authenticated") return
  const name = key.startsWith("sb_publishable_") ? "a publishable key" : `a key of the role ${role}`
  throw new ReasoningBankError({
    code: "target:key_role",
    message: `${location}: ${name} was given; it sees only what row level security shows to visitors and may write nothing.`,
    hint,
  })
}
