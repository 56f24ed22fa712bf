import "server-only"
import type { AuthError } from "@supabase/supabase-js"
import { createServerClient } from "../supabase/create-server-client.ts"
import { DataError } from "./data-error.ts"
import { explainAuthError } from "./explain-auth-error.ts"

type Credentials = { email: string; password: string }

export async function signIn(credentials: Credentials): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.signInWithPassword(credentials)
  raise(error)
}

/** `confirm` when the project asks for the address to be confirmed by mail first. */
export async function signUp(credentials: Credentials): Promise<"signed_in" | "confirm"> {
  const supabase = await createServerClient()
  const { data, error } = await supabase.auth.signUp(credentials)
  raise(error)
  return data.session === null ? "confirm" : "signed_in"
}

/** Ends the session of this browser, or all sessions of the user. */
export async function signOut({ everywhere }: { everywhere: boolean }): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.signOut({ scope: everywhere ? "global" : "local" })
  if (everywhere) raise(error)
}

function raise(error: AuthError | null) {
  if (error === null) return
  throw new DataError({ ...explainAuthError(error), cause: error })
}
