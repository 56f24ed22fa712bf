import "server-only"
import type { Database } from "@reasoningbank/supabase"
import { createServerClient as createClient } from "@supabase/ssr"
import type { SupabaseClient } from "@supabase/supabase-js"
import { cookies } from "next/headers"
import { readEnvironment } from "../env.ts"
import { isSecureRequest } from "./is-secure-request.ts"
import { sessionCookies } from "./session-cookies.ts"

export type ServerClient = SupabaseClient<Database>

/** A client that acts as the user of the request's cookies; one a request, never kept. */
export async function createServerClient(): Promise<ServerClient> {
  const { supabaseUrl, publishableKey } = readEnvironment()
  const store = await cookies()
  return createClient<Database>(supabaseUrl, publishableKey, {
    cookieOptions: sessionCookies({ isSecure: await isSecureRequest() }),
    cookies: {
      getAll: () => store.getAll(),
      setAll: (changed) => {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options)
        } catch {
          // A Server Component can not set cookies; proxy.ts refreshed them before it ran.
        }
      },
    },
  })
}
