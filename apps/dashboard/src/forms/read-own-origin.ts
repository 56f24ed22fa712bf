import "server-only"
import { headers } from "next/headers"
import { isSecureRequest } from "../supabase/is-secure-request.ts"

/** The origin the browser sees, such as `https://memories.example.com`. */
export async function readOwnOrigin(): Promise<string> {
  const sent = await headers()
  const host = sent.get("x-forwarded-host") ?? sent.get("host") ?? "localhost"
  return `${(await isSecureRequest()) ? "https" : "http"}://${host}`
}
