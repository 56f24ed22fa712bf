import "server-only"
import { isAuthRetryableFetchError } from "@supabase/supabase-js"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { cache } from "react"
import { pathHeader } from "../request-path.ts"
import { createServerClient, type ServerClient } from "../supabase/create-server-client.ts"
import { DataError } from "./data-error.ts"

export type User = { id: string; email: string }

export type Session = { supabase: ServerClient; user: User }

/**
 * The signed-in user, whose token was verified, and a client that acts as this user; null without one. Once a
 * request. Raises `DataError` `unreachable`: a server that is down must not look like a sign-out.
 */
export const readSession = cache(async (): Promise<Session | null> => {
  const supabase = await createServerClient()
  const { data, error } = await supabase.auth.getClaims()
  if (error !== null && isAuthRetryableFetchError(error)) {
    throw new DataError({ code: "unreachable", message: "Supabase does not answer.", cause: error })
  }
  const id = data?.claims.sub
  if (typeof id !== "string") return null
  return { supabase, user: { id, email: data?.claims.email ?? "" } }
})

/** As `readSession`; who is not signed in goes to the login page, and comes back from there. */
export async function openSession(): Promise<Session> {
  const session = await readSession()
  if (session !== null) return session
  const path = (await headers()).get(pathHeader) ?? "/"
  redirect(path === "/" ? "/login" : `/login?next=${encodeURIComponent(path)}`)
}
