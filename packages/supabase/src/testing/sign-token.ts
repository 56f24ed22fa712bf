import { createHmac, randomUUID } from "node:crypto"

export type TokenSettings = {
  key: string
  userId: string
  /** @default "HS256" */
  algorithm?: "HS256" | "HS512" | "none"
  claims?: Record<string, unknown>
}

/** An access token as the auth server makes it, or with whatever an attacker would change. */
export function signToken(settings: TokenSettings): string {
  const { key, userId, algorithm = "HS256", claims } = settings
  const now = Math.floor(Date.now() / 1_000)
  const payload = {
    aud: "authenticated",
    role: "authenticated",
    sub: userId,
    session_id: randomUUID(),
    iat: now - 60,
    exp: now + 3_600,
    ...claims,
  }
  const signed = `${encode({ alg: algorithm, typ: "JWT" })}.${encode(payload)}`
  if (algorithm === "none") return `${signed}.`
  const hash = algorithm === "HS512" ? "sha512" : "sha256"
  return `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url")
}
