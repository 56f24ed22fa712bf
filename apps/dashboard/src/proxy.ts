import type { NextRequest } from "next/server"
import { readEnvironment } from "./env.ts"
import { pathHeader } from "./request-path.ts"
import {
  contentSecurityPolicy,
  securityHeaders,
  strictTransportSecurity,
} from "./security-headers.ts"
import { refreshSession } from "./supabase/refresh-session.ts"

/** Refreshes the session and sets the headers. Who may see what is decided in `data/` and in the database. */
export async function proxy(request: NextRequest) {
  const nonce = crypto.randomUUID().replaceAll("-", "")
  const { isDevelopment } = readEnvironment()
  const policy = contentSecurityPolicy({ nonce, isDevelopment })
  const headers = new Headers(request.headers)
  headers.set("content-security-policy", policy)
  headers.set("x-nonce", nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = await refreshSession({ request, headers })
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
  response.headers.set("content-security-policy", policy)
  if (request.headers.get("x-forwarded-proto")?.startsWith("https")) {
    response.headers.set("strict-transport-security", strictTransportSecurity)
  }
  return response
}

export const config = { matcher: "/((?!_next/static|favicon.ico|icon.svg).*)" }
