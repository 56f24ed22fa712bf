import type { CookieOptionsWithName } from "@supabase/ssr"

/** Only this server talks to Supabase, so no script of a page needs to read the tokens. */
export function sessionCookies({ isSecure }: { isSecure: boolean }): CookieOptionsWithName {
  return {
    name: "reasoningbank-session",
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: isSecure,
  }
}
