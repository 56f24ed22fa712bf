import { createClient, type SupabaseClient } from "@supabase/supabase-js"

export type TestUser = { id: string; client: SupabaseClient }

const withoutStorage = { auth: { persistSession: false, autoRefreshToken: false } }

export function makeClient(server: { url: string }, key: string): SupabaseClient {
  return createClient(server.url, key, withoutStorage)
}

/** Signs up a user and returns their signed-in client. */
export async function makeUser(
  server: { url: string; publishableKey: string },
  email: string,
): Promise<TestUser> {
  const client = makeClient(server, server.publishableKey)
  const { data, error } = await client.auth.signUp({ email, password: "correct horse" })
  if (error !== null || data.user === null)
    throw new Error(`Sign-up of ${email}: ${error?.message}`)
  return { id: data.user.id, client }
}
