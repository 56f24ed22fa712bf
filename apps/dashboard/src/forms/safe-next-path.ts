const anyOrigin = "http://own.invalid"

/** Where to go after signing in: a path of this site, whatever the address asked for. */
export function safeNextPath(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, anyOrigin))
    return "/"
  const { origin, pathname, search } = new URL(next, anyOrigin)
  // A path of two slashes would be another host once it stands alone.
  return origin === anyOrigin && !pathname.startsWith("//") ? pathname + search : "/"
}
