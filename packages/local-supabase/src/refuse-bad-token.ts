import { createHmac, timingSafeEqual } from "node:crypto"

/**
 * The 401 PostgREST gives to a user token that is forged, has run out or is meant for others, where lite would go on;
 * and the 403 of a hosted project for a role that its API may not take, where lite would take the database's owner.
 * Undefined when there is no user token, or a good one.
 */
export function refuseBadToken(options: {
  request: Request
  jwtSecret: string
}): Response | undefined {
  const { request, jwtSecret } = options
  const [, token] = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? []
  if (token === undefined || token.startsWith("sb_")) return undefined
  const claims = readClaims({ token, jwtSecret })
  if (claims === undefined)
    return unauthorized({ code: "PGRST301", message: "JWSError JWSInvalidSignature" })
  if (typeof claims.exp === "number" && claims.exp * 1_000 <= Date.now()) {
    return unauthorized({ code: "PGRST303", message: "JWT expired" })
  }
  if (![claims.aud ?? AUDIENCE].flat().includes(AUDIENCE)) {
    return unauthorized({ code: "PGRST303", message: "JWT not in audience" })
  }
  if (!API_ROLES.has(claims.role ?? "anon")) {
    const message = `permission denied to set role "${claims.role}"`
    return refusal({ status: 403, error: { code: "42501", message } })
  }
  return undefined
}

const AUDIENCE = "authenticated"
const API_ROLES = new Set<unknown>(["anon", "authenticated", "service_role"])

type Claims = { alg?: unknown; exp?: unknown; aud?: unknown; role?: unknown }

function readClaims(options: { token: string; jwtSecret: string }): Claims | undefined {
  const [head = "", body = "", signature = "", ...more] = options.token.split(".")
  if (more.length > 0 || decode(head)?.alg !== "HS256") return undefined
  const expected = createHmac("sha256", options.jwtSecret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, "base64url")
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected))
    return undefined
  return decode(body)
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString())
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function unauthorized(error: { code: string; message: string }): Response {
  return refusal({ status: 401, error, headers: { "www-authenticate": "Bearer" } })
}

function refusal(options: {
  status: number
  error: { code: string; message: string }
  headers?: Record<string, string>
}): Response {
  const { status, error, headers } = options
  return Response.json(
    { ...error, details: null, hint: null },
    { status, headers: { "access-control-allow-origin": "*", ...headers } },
  )
}
