/**
 * Hosted Supabase takes `type: "email"` for the code or token of a sign-up and of a magic link alike; lite knows
 * only these two by name. A wrong guess uses nothing up, so both are tried.
 */
export async function verifyEmailOtp(options: {
  fetch: (request: Request) => Promise<Response>
  request: Request
}): Promise<Response> {
  const { fetch, request } = options
  if (request.method !== "POST" || new URL(request.url).pathname !== "/auth/v1/verify")
    return fetch(request)
  const text = await request.text()
  const withType = (type: string) =>
    new Request(request, { body: JSON.stringify({ ...JSON.parse(text), type }) })
  if (!asksForEmail(text)) return fetch(new Request(request, { body: text }))
  const asSignup = await fetch(withType("signup"))
  return asSignup.ok ? asSignup : fetch(withType("magiclink"))
}

function asksForEmail(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === "object" && body !== null && "type" in body && body.type === "email"
  } catch {
    return false
  }
}
