import { randomUUID } from "node:crypto"
import { createClient, type SupabaseClient } from "@supabase/supabase-js"
import type { ServerUnderTest } from "./describe-on-both-servers.ts"

export type TestUser = { id: string; email: string; accessToken: string; client: SupabaseClient }

export const testPassword = "correct horse battery"

/** A client of its own session, which nothing keeps. */
export function makeClient(server: { url: string }, key: string): SupabaseClient {
  return createClient(server.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

/** An address nobody else has. */
export function anAddress(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}@example.com`
}

/** Signs up an address and returns the signed-in user. */
export async function signUp(server: ServerUnderTest, email: string): Promise<TestUser> {
  const client = makeClient(server, server.publishableKey)
  const { data, error } = await client.auth.signUp({ email, password: testPassword })
  if (error !== null || data.user === null || data.session === null)
    throw new Error(`Sign-up of ${email}: ${error?.message}`)
  return { id: data.user.id, email, accessToken: data.session.access_token, client }
}

/** The data of an answer that has to be a good one. */
export function dataOf<Data>(answer: { data: Data; error: unknown }): NonNullable<Data> {
  if (answer.error !== null || answer.data === null || answer.data === undefined)
    throw new Error(`Expected data, got ${JSON.stringify(answer)}`)
  return answer.data
}
