import { ReasoningBankError } from "@reasoningbank/core"

/** Keeps a key out of what is shown. */
export type SecretGuard = {
  headers: Record<string, string>
  redact(text: string): string
}

/** Raises `usage`, without showing it, for a key that can not be sent as a header. */
export function createSecretGuard(apiKey: string | undefined): SecretGuard {
  const key = apiKey?.trim() ?? ""
  if (key === "") return { headers: {}, redact: (text) => text }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new ReasoningBankError({
      code: "usage",
      message:
        "The apiKey holds characters that no key has: spaces, line breaks or other than ASCII.",
      hint: "Copy the key again, the key only.",
    })
  }
  return {
    headers: { authorization: `Bearer ${key}` },
    redact: (text) => text.replaceAll(key, "[key]").replaceAll(encodeURIComponent(key), "[key]"),
  }
}

export type EmbeddingsAddress = {
  url: URL
  /** Without what may hold a secret. */
  shown: string
}

/** Address of `POST …/embeddings`. Raises `usage` for what is no address or has a password in it. */
export function embeddingsAddress(baseUrl: string): EmbeddingsAddress {
  const url = URL.parse(baseUrl)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password !== "") {
    throw new ReasoningBankError({
      code: "usage",
      message: "The baseUrl is not an http or https address without user and password.",
      hint: "Give the address up to and without /embeddings, as https://api.openai.com/v1, and the key as apiKey.",
    })
  }
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/embeddings`
  return { url, shown: url.origin + url.pathname }
}
