import { redirect } from "next/navigation"
import type { NextRequest } from "next/server"
import { finishGithubLogin } from "../../../data/account.ts"
import { DataError } from "../../../data/data-error.ts"
import { safeNextPath } from "../../../forms/safe-next-path.ts"

/** Where GitHub sends the browser back to. Only the browser that began can end it: the verifier is in its cookie. */
export async function GET(request: NextRequest): Promise<never> {
  const { searchParams } = request.nextUrl
  const code = searchParams.get("code")
  const isSignedIn = code !== null && (await finish(code))
  redirect(isSignedIn ? safeNextPath(searchParams.get("next") ?? "/") : "/login?notice=github")
}

async function finish(code: string): Promise<boolean> {
  try {
    await finishGithubLogin({ code })
    return true
  } catch (error) {
    if (error instanceof DataError) return false
    throw error
  }
}
