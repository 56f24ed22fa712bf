import {
  type BackendSettings,
  createBackend,
  type StorageBackend,
} from "@reasoningbank/core/storage"
import { createClient } from "@supabase/supabase-js"
import { requireSecretKey } from "../detect-key-role.ts"
import { parseSupabaseUrl } from "../parse-supabase-url.ts"
import { createRetryingFetch, type RetrySettings } from "../retrying-fetch.ts"
import { createSupabaseDriver } from "./create-supabase-driver.ts"
import { createSupabaseApi } from "./supabase-api.ts"

type ProjectSettings = BackendSettings & {
  /** `https://PROJECT_REF.supabase.co`, or the address of a local one. */
  supabaseUrl: string
  /** For reads and for writes that may be sent twice; deletions are sent once. */
  retry?: RetrySettings
}

export type SupabaseBackendSettings = ProjectSettings & {
  /** A secret key; it sees every workspace. A publishable one is refused. */
  supabaseKey: string
}

export type SupabaseUserBackendSettings = ProjectSettings & {
  publishableKey: string
  /** The signed-in user's access token, asked for with each request. */
  accessToken: () => Promise<string | null>
}

/**
 * A bank in a Supabase project, with the project's secret key: for servers and commands.
 * Raises `target:key_role` for a publishable key, `usage` for an address that is none.
 */
export function createSupabaseBackend(settings: SupabaseBackendSettings): StorageBackend {
  const { location } = parseSupabaseUrl(settings.supabaseUrl)
  requireSecretKey({ key: settings.supabaseKey, location })
  return openProject({ settings, key: settings.supabaseKey, accessToken: null })
}

/** The same as a signed-in user, who sees the workspaces he is a member of and no other. */
export function createSupabaseUserBackend(settings: SupabaseUserBackendSettings): StorageBackend {
  const { publishableKey: key, accessToken } = settings
  return openProject({ settings, key, accessToken })
}

function openProject({
  settings,
  key,
  accessToken,
}: {
  settings: ProjectSettings
  key: string
  accessToken: (() => Promise<string | null>) | null
}): StorageBackend {
  const { url, location } = parseSupabaseUrl(settings.supabaseUrl)
  const connect = (retry: RetrySettings) =>
    createClient(url, key, {
      ...(accessToken === null
        ? { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } }
        : { accessToken }),
      global: { fetch: createRetryingFetch(retry) },
    })
  const api = createSupabaseApi({
    client: connect(settings.retry ?? {}),
    clientWithoutRetries: connect({ ...settings.retry, retries: 0 }),
    location,
  })
  return createBackend({ ...settings, driver: createSupabaseDriver({ api }) })
}
