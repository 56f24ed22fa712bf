import "server-only"
import { headers } from "next/headers"

/** Whether the browser came by https, also through a proxy that ends it. */
export async function isSecureRequest(): Promise<boolean> {
  return (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim() === "https"
}
