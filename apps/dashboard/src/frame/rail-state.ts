import "server-only"
import { cookies } from "next/headers"
import { railCookie } from "./rail-cookie.ts"

/** Whether this browser keeps the rail collapsed; known before the page is drawn, so nothing jumps. */
export async function readRailState(): Promise<boolean> {
  return (await cookies()).get(railCookie)?.value === "collapsed"
}
