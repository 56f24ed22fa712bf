import "server-only"
import { cookies } from "next/headers"
import { isSecureRequest } from "../supabase/is-secure-request.ts"
import { safeNextPath } from "./safe-next-path.ts"

const cookieName = "reasoningbank-next"
const anHourInSeconds = 3_600

/** Keeps where to go while the user is away in his mails: a link in a mail can not carry it. */
export async function rememberNext(next: string): Promise<void> {
  if (next === "/") return
  const store = await cookies()
  store.set(cookieName, next, {
    httpOnly: true,
    sameSite: "lax",
    secure: await isSecureRequest(),
    maxAge: anHourInSeconds,
    path: "/",
  })
}

/** Where to go now; forgotten by being asked. */
export async function takeRememberedNext(): Promise<string> {
  const store = await cookies()
  const next = safeNextPath(store.get(cookieName)?.value)
  store.delete(cookieName)
  return next
}
