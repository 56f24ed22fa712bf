import "server-only"
import type { AuthError } from "@supabase/supabase-js"
import { createServerClient } from "../supabase/create-server-client.ts"
import { DataError } from "./data-error.ts"
import { explainAuthError } from "./explain-auth-error.ts"
import type { LinkKind } from "./link-kinds.ts"
import { openSession } from "./open-session.ts"

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

/** Mails a link that signs in. The answer is the same whether the address has an account or not. */
export async function sendSignInLink({ email }: { email: string }): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.signInWithOtp({
    email,
    options: { shouldCreateUser: false },
  })
  raise(isAboutUnknownAddress(error) ? null : error)
}

/** Mails a link that leads to a new password. The answer is the same whether the address has an account or not. */
export async function sendResetLink({ email }: { email: string }): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.resetPasswordForEmail(email)
  raise(isAboutUnknownAddress(error) ? null : error)
}

/** Takes up the link of a mail; it works once. */
export async function confirmLink({
  tokenHash,
  kind,
}: {
  tokenHash: string
  kind: LinkKind
}): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.verifyOtp({ token_hash: tokenHash, type: kind })
  raise(error)
}

/** The address of GitHub's page that asks the user; it comes back to `/auth/callback` of `origin`. */
export async function startGithubLogin({
  origin,
  next,
}: {
  origin: string
  next: string
}): Promise<string> {
  const supabase = await createServerClient()
  const callback = new URL("/auth/callback", origin)
  callback.searchParams.set("next", next)
  const { data, error } = await supabase.auth.signInWithOAuth({
    provider: "github",
    options: { redirectTo: callback.href, skipBrowserRedirect: true },
  })
  raise(error)
  if (data.url === null)
    throw new DataError({ code: "failed", message: "GitHub can not be asked." })
  return data.url
}

/** Ends what `startGithubLogin` began in this browser. */
export async function finishGithubLogin({ code }: { code: string }): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.exchangeCodeForSession(code)
  raise(error)
}

export async function changePassword({ password }: { password: string }): Promise<void> {
  const { supabase } = await openSession()
  const { error } = await supabase.auth.updateUser({ password })
  raise(error)
}

/** Ends the session of this browser, or all sessions of the user. */
export async function signOut({ everywhere }: { everywhere: boolean }): Promise<void> {
  const supabase = await createServerClient()
  const { error } = await supabase.auth.signOut({ scope: everywhere ? "global" : "local" })
  if (everywhere) raise(error)
}

function isAboutUnknownAddress(error: AuthError | null) {
  return ["otp_disabled", "user_not_found", "signup_disabled"].includes(error?.code ?? "")
}

function raise(error: AuthError | null): asserts error is null {
  if (error === null) return
  throw new DataError({ ...explainAuthError(error), cause: error })
}
