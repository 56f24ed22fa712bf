import type { ServerResponse } from "node:http"

/** An error in the shape of PostgREST's, which supabase-js hands on as `error`. */
export type DoorError = { status: number; code: string; message: string; hint: string }

export function answerJson(options: {
  response: ServerResponse
  status: number
  body: unknown
}): void {
  const { response, status, body } = options
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.byteLength,
  })
  response.end(bytes)
}

export function answerError(options: { response: ServerResponse; error: DoorError }): void {
  const { status, ...error } = options.error
  if (!options.response.headersSent) {
    options.response.setHeader("access-control-allow-origin", "*")
    answerJson({ response: options.response, status, body: { ...error, details: null } })
  }
}
