import { createClient, type SupabaseClient } from "@supabase/supabase-js"
import type { CallFunction } from "./call-function.ts"
import type { Database } from "./database.types.ts"
import { requireSecretKey } from "./detect-key-role.ts"
import { parseSupabaseUrl } from "./parse-supabase-url.ts"
import { createRetryingFetch, type RetrySettings } from "./retrying-fetch.ts"
import { TooMuchAtOnce, unwrapResponse } from "./unwrap-response.ts"

export type ApiTargetSettings = {
  /** `https://PROJECT_REF.supabase.co`, or the address of a local one. */
  supabaseUrl: string
  /** A secret key; a publishable one is refused. */
  supabaseKey: string
  retry?: RetrySettings
}

const attemptsAtTimeout = 3

/**
 * Calls of our functions over the Data API with a secret key. Raises `target:key_role` for a publishable key, `usage` for an
 * address that is none.
 */
export function openApi(settings: ApiTargetSettings): {
  client: SupabaseClient<Database>
  /** What may be shown of the address. */
  location: string
  /** Raises `TooMuchAtOnce` where the request or its time limit is too large. */
  callOnce: CallFunction
  /** For requests that can not be made smaller: a statement timeout may have been a passing load. */
  call: CallFunction
} {
  const { url, location } = parseSupabaseUrl(settings.supabaseUrl)
  requireSecretKey({ key: settings.supabaseKey, location })
  const client = createClient<Database>(url, settings.supabaseKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: createRetryingFetch(settings.retry ?? {}) },
  })

  const callOnce: CallFunction = async (name, parameters) =>
    unwrapResponse({ response: await client.rpc(name, parameters), location })

  const call: CallFunction = async (name, parameters) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await callOnce(name, parameters)
      } catch (error) {
        if (!(error instanceof TooMuchAtOnce)) throw error
        if (attempt === attemptsAtTimeout) throw error.explained
      }
    }
  }
  return { client, location, callOnce, call }
}
