"use server"

import { redirect } from "next/navigation"
import { signOut } from "../data/account.ts"
import { requireSameOrigin } from "../forms/require-same-origin.ts"

/** Ends the session of this browser. */
export async function signOutAction(): Promise<void> {
  await requireSameOrigin()
  await signOut({ everywhere: false })
  redirect("/login")
}
