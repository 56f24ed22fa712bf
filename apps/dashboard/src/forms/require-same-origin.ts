import "server-only"
import { headers } from "next/headers"
import { DataError } from "../data/data-error.ts"

/** Refuses a request another site made the browser send. Raises `DataError` `forbidden`. */
export async function requireSameOrigin(): Promise<void> {
  const sent = await headers()
  const site = sent.get("sec-fetch-site")
  const origin = sent.get("origin")
  const host = sent.get("x-forwarded-host") ?? sent.get("host")
  const isOwn = origin !== null && URL.canParse(origin) && new URL(origin).host === host
  if (isOwn && (site === null || site === "same-origin")) return
  throw new DataError({
    code: "forbidden",
    message: "This was sent from another site and was not carried out.",
    hint: "Do it from the dashboard itself.",
  })
}
