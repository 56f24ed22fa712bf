import { ReasoningBankError } from "@reasoningbank/core"

export type ChromaAddress = {
  /** Without a trailing slash; request paths are appended to it. */
  baseUrl: string
  /** The address as it may be shown: without credentials. */
  location: string
  headers: Headers
}

/**
 * Takes the credentials out of an address and puts them into headers. A token goes both ways Chroma
 * servers take one: as a bearer token and as `X-Chroma-Token`.
 * Raises `usage` for an address or a header that can not be used; the message never holds a secret.
 */
export function parseChromaAddress(given: {
  url: string
  headers?: Record<string, string> | undefined
  token?: string | undefined
}): ChromaAddress {
  const url = parseHttpUrl(given.url)
  const headers = new Headers()
  if (url.username !== "" || url.password !== "") {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers.set("authorization", `Basic ${Buffer.from(credentials).toString("base64")}`)
  }
  const secrets = Object.entries(given.headers ?? {})
  if (given.token !== undefined) {
    secrets.unshift(["authorization", `Bearer ${given.token}`], ["x-chroma-token", given.token])
  }
  for (const [name, value] of secrets) setHeader({ headers, name, value })
  headers.set("accept", "application/json")
  headers.set("content-type", "application/json")

  const path = url.pathname.replace(/(\/api\/v[12])?\/*$/, "")
  const baseUrl = `${url.origin}${path}`
  return { baseUrl, location: baseUrl, headers }
}

function parseHttpUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === "http:" || url?.protocol === "https:") return url
  throw new ReasoningBankError({
    code: "usage",
    message: "The address of the Chroma server is not an http or https address.",
    hint: "Write it with its scheme, for example http://localhost:8000.",
  })
}

function setHeader({ headers, name, value }: { headers: Headers; name: string; value: string }) {
  try {
    headers.set(name, value.trim())
  } catch {
    throw new ReasoningBankError({
      code: "usage",
      message: `The header "${name}" for the Chroma server holds characters HTTP does not allow.`,
      hint: "Check the token or header for stray quotes, line breaks or letters outside ASCII.",
    })
  }
}
