import { createServerClient } from "@supabase/ssr"
import { type NextRequest, NextResponse } from "next/server"
import { readEnvironment } from "../env.ts"
import { sessionCookies } from "./session-cookies.ts"

/**
 * Lets the request pass with a session that is not about to expire, and hands new cookies to the browser and to the
 * page alike. Decides nothing: whether the session is genuine is for `data/` to find out.
 */
export async function refreshSession({
  request,
  headers,
}: {
  request: NextRequest
  /** Those the page sees. */
  headers: Headers
}): Promise<NextResponse> {
  const changed: { name: string; value: string; options: object }[] = []
  const cacheHeaders: Record<string, string> = {}
  const { supabaseUrl, publishableKey } = readEnvironment()
  const isSecure = request.headers.get("x-forwarded-proto")?.startsWith("https") ?? false
  const supabase = createServerClient(supabaseUrl, publishableKey, {
    cookieOptions: sessionCookies({ isSecure }),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (cookies, forbidCaching) => {
        for (const cookie of cookies) request.cookies.set(cookie.name, cookie.value)
        changed.push(...cookies)
        Object.assign(cacheHeaders, forbidCaching)
      },
    },
  })
  await supabase.auth.getSession().catch(() => {})
  if (changed.length > 0) headers.set("cookie", request.cookies.toString())
  const response = NextResponse.next({ request: { headers } })
  for (const { name, value, options } of changed) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(cacheHeaders)) response.headers.set(name, value)
  return response
}
