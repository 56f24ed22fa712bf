import type { ServerUnderTest } from "./describe-on-both-servers.ts"

export type ApiQuestion = {
  /** Below `/rest/v1/`, or a whole path. */
  path: string
  method?: string
  /** @default the publishable key; null sends none */
  apikey?: string | null
  accessToken?: string
  headers?: Record<string, string>
  body?: unknown
}

export type ApiAnswer = { status: number; text: string; headers: Headers }

/** One plain HTTP request, for what supabase-js would not send. */
export async function askApi(server: ServerUnderTest, question: ApiQuestion): Promise<ApiAnswer> {
  const { path, method = "GET", apikey = server.publishableKey, accessToken, body } = question
  const response = await fetch(
    new URL(path.startsWith("/") ? path : `/rest/v1/${path}`, server.url),
    {
      method,
      headers: {
        ...(apikey === null ? {} : { apikey }),
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...question.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  )
  return { status: response.status, text: await response.text(), headers: response.headers }
}
