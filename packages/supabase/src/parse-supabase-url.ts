import { ReasoningBankError } from "@reasoningbank/core"

/** Checks the address of a project; `location` is what may be shown. Raises `usage`. */
export function parseSupabaseUrl(supabaseUrl: string): { url: string; location: string } {
  const url = URL.canParse(supabaseUrl) ? new URL(supabaseUrl) : null
  const isDashboard = url?.pathname.startsWith("/dashboard") === true
  if (url === null || !/^https?:$/.test(url.protocol) || isDashboard) {
    throw new ReasoningBankError({
      code: "usage",
      message: "The Supabase address given is not that of a project.",
      hint: "Expected https://PROJECT_REF.supabase.co (Project settings, Data API), or the address of a local Supabase.",
    })
  }
  const address = url.origin + url.pathname.replace(/\/(rest\/v1\/?)?$/, "")
  return { url: address, location: address }
}
