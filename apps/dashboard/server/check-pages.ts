import { createServerClient } from "@supabase/ssr"
import { workspacePages, workspacePath } from "../src/frame/workspace-path.ts"
import { sessionCookies } from "../src/supabase/session-cookies.ts"

export type CheckPagesSettings = {
  /** Of the running dashboard. */
  url: string
  supabaseUrl: string
  publishableKey: string
  account: { email: string; password: string }
  workspaceIds: readonly string[]
  signal: AbortSignal
}

/** Opens every page of these workspaces as a signed-in user. Returns how many answered; throws naming one that did not. */
export async function checkPages(settings: CheckPagesSettings): Promise<number> {
  const cookie = await signIn(settings)
  const paths = [
    "/workspaces",
    "/account",
    ...settings.workspaceIds.flatMap((workspaceId) =>
      workspacePages.map((page) => workspacePath({ workspaceId, page })),
    ),
  ]
  for (const path of paths) {
    const response = await fetch(new URL(path, settings.url), {
      headers: { cookie },
      redirect: "manual",
      signal: settings.signal,
    })
    const html = await response.text()
    // An error that comes while a page streams leaves its status at 200, but the page without its heading.
    if (response.status !== 200 || !html.includes("<h1")) {
      throw new Error(`${settings.url}${path} answered with HTTP ${response.status}, not its page.`)
    }
  }
  return paths.length
}

async function signIn(settings: CheckPagesSettings): Promise<string> {
  const jar = new Map<string, string>()
  const supabase = createServerClient(settings.supabaseUrl, settings.publishableKey, {
    cookieOptions: sessionCookies({ isSecure: false }),
    cookies: {
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      setAll: (cookies) => {
        for (const { name, value } of cookies) jar.set(name, value)
      },
    },
  })
  const { error } = await supabase.auth.signInWithPassword(settings.account)
  if (error !== null) throw new Error(`Signing in failed: ${error.message}`, { cause: error })
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
}
