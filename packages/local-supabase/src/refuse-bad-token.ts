import { createHmac, timingSafeEqual } from "node:crypto"

/**
 * The 401 PostgREST gives to a user token that is forged or has run out; lite would go on as `anon`.
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
  return undefined
}

function readClaims(options: { token: string; jwtSecret: string }): { exp?: unknown } | undefined {
  const [head = "", body = "", signature = "", ...more] = options.token.split(".")
  if (more.length > 0 || decode(head)?.alg !== "HS256") return undefined
  const expected = createHmac("sha256", options.jwtSecret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, "base64url")
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected))
    return undefined
  return decode(body)
}

function decode(part: string): { alg?: unknown; exp?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString())
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function unauthorized(error: { code: string; message: string }): Response {
  return Response.json(
    { ...error, details: null, hint: null },
    { status: 401, headers: { "access-control-allow-origin": "*", "www-authenticate": "Bearer" } },
  )
}
