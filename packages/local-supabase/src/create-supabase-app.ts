import { App, type Connection } from "@supabase/lite"
import { containLiteConnection } from "./contain-lite-connection.ts"
import type { EngineSettings } from "./engine.ts"
import { createMailWriter } from "./mail-folder.ts"
import { refuseBadToken } from "./refuse-bad-token.ts"
import { verifyEmailOtp } from "./verify-email-otp.ts"

export type SupabaseFetch = (request: Request) => Promise<Response>

/**
 * The API of `@supabase/lite` over a prepared database: `/rest/v1` (schema `public`, 1,000 rows at most) and
 * `/auth/v1`. It has answered one request already: the first one reads the schema, and on a native Postgres
 * parallel first requests fail.
 */
export async function createSupabaseApp(options: {
  connection: Connection
  settings: EngineSettings
  /** A table or view to warm up with; any will do. */
  relation: string | undefined
}): Promise<SupabaseFetch> {
  const { connection, settings, relation } = options
  const { keys, siteUrl } = settings
  containLiteConnection(connection)
  const app = new App({
    connection,
    api: { schemas: ["public"], max_rows: 1000 },
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      site_url: siteUrl,
      additional_redirect_urls: [`${siteUrl}/**`],
      email: { enable_confirmations: false },
    },
    options: {
      drivers: { email: createMailWriter({ directory: settings.mailsDirectory, siteUrl }) },
      server: { disableStudio: true },
    },
  })
  await app.init()
  const fetch: SupabaseFetch = async (request) => {
    const isRest = new URL(request.url).pathname.startsWith("/rest/v1/")
    const refusal = isRest ? refuseBadToken({ request, jwtSecret: keys.jwtSecret }) : undefined
    return refusal ?? verifyEmailOtp({ fetch: async (asked) => app.fetch(asked), request })
  }
  const warmUp = new URL(
    `/rest/v1/${encodeURIComponent(relation ?? "")}?limit=1`,
    "http://127.0.0.1",
  )
  await fetch(new Request(warmUp, { headers: { apikey: keys.secretKey } }))
  return fetch
}
