import { createHash, createHmac, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { answerError, answerJson } from "./door-answers.ts"
import type { Engine } from "./engine.ts"
import { packError } from "./engine-messages.ts"
import type { LeaseCounter } from "./lease-counter.ts"
import { readLimitedBody } from "./read-limited-body.ts"

export type HttpDoorSettings = {
  engine: Engine
  secretKey: string
  leases: LeaseCounter
  /** For requests of the API, in bytes. */
  maxBodyInBytes: number
  /** For `POST /local/v1/transaction`, in bytes. */
  maxTransactionInBytes: number
  isClosing: () => boolean
}

type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL }

/**
 * The HTTP side. Only `/rest/v1` and `/auth/v1` reach lite (its `/_system` answers anybody); `/local/v1` is ours:
 * `GET health` (with `?challenge=` it proves to know the secret key), `GET lease`, `POST transaction`.
 */
export function createHttpDoor(settings: HttpDoorSettings): Server {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    route({ settings, request, response }).catch((cause: unknown) => {
      const { message, hint } = packError(cause)
      answerError({
        response,
        error: { status: 503, code: "server_failed", message, hint: hint ?? "" },
      })
    })
  })
  return server
}

async function route(options: {
  settings: HttpDoorSettings
  request: IncomingMessage
  response: ServerResponse
}): Promise<void> {
  const { settings, request, response } = options
  if (!isLoopbackHost(request.headers.host)) {
    request.resume()
    return answerError({
      response,
      error: {
        status: 403,
        code: "wrong_host",
        message: `This server answers to 127.0.0.1 and localhost, not to ${request.headers.host}.`,
        hint: "Use the URL the server printed.",
      },
    })
  }
  const exchange = {
    request,
    response,
    url: new URL(request.url ?? "/", `http://${request.headers.host}`),
  }
  const { pathname } = exchange.url
  if (pathname.startsWith("/rest/v1/") || pathname.startsWith("/auth/v1/"))
    return askEngine(settings, exchange)
  if (pathname === "/local/v1/health" && request.method === "GET")
    return answerHealth(settings, exchange)
  const isLocal = pathname === "/local/v1/lease" || pathname === "/local/v1/transaction"
  if (isLocal && !knowsSecretKey(settings, request)) {
    request.resume()
    return answerError({
      response,
      error: {
        status: 401,
        code: "wrong_key",
        message: "The apikey header does not hold this server's secret key.",
        hint: "The key is in keys.json of the data directory.",
      },
    })
  }
  if (pathname === "/local/v1/lease" && request.method === "GET")
    return holdLease(settings, exchange)
  if (pathname === "/local/v1/transaction" && request.method === "POST")
    return runTransaction(settings, exchange)
  request.resume()
  answerError({
    response,
    error: {
      status: 404,
      code: "not_served",
      message: `${pathname} is not served here.`,
      hint: "The embedded Supabase has /rest/v1 and /auth/v1; no storage, realtime, functions or GraphQL.",
    },
  })
}

async function askEngine(
  settings: HttpDoorSettings,
  { request, response, url }: Exchange,
): Promise<void> {
  const body = await readLimitedBody({ request, maxBytes: settings.maxBodyInBytes })
  if (body === "too_large") return answerTooLarge({ response, maxBytes: settings.maxBodyInBytes })
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    HOP_BY_HOP.has(name) ? [] : values.map((value): [string, string] => [name, value]),
  )
  const method = request.method ?? "GET"
  const answer = await settings.engine.handle({
    method,
    url: url.href,
    headers,
    body: method === "GET" || method === "HEAD" ? null : body,
  })
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (!HOP_BY_HOP.has(name)) response.appendHeader(name, value)
  }
  response.end(answer.body)
}

function answerHealth(settings: HttpDoorSettings, { response, url }: Exchange): void {
  const challenge = url.searchParams.get("challenge")
  const proof =
    challenge === null ? undefined : answerChallenge({ secretKey: settings.secretKey, challenge })
  answerJson({ response, status: settings.isClosing() ? 503 : 200, body: { proof } })
}

/** What a client compares before it shows its key to whatever listens on the port of a state file. */
export function answerChallenge(options: { secretKey: string; challenge: string }): string {
  return createHmac("sha256", options.secretKey).update(options.challenge).digest("hex")
}

function holdLease(settings: HttpDoorSettings, { response }: Exchange): void {
  if (!settings.isClosing()) settings.leases.hold(response)
  else {
    answerError({
      response,
      error: {
        status: 503,
        code: "closing",
        message: "The server is closing.",
        hint: "Start it again.",
      },
    })
  }
}

async function runTransaction(
  settings: HttpDoorSettings,
  { request, response }: Exchange,
): Promise<void> {
  const frame = await readLimitedBody({ request, maxBytes: settings.maxTransactionInBytes })
  if (frame === "too_large")
    return answerTooLarge({ response, maxBytes: settings.maxTransactionInBytes })
  try {
    const rows = await settings.engine.runTransaction(frame)
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": rows.byteLength,
    })
    response.end(rows)
  } catch (error) {
    answerJson({ response, status: 400, body: packError(error) })
  }
}

function answerTooLarge(options: { response: ServerResponse; maxBytes: number }): void {
  answerError({
    response: options.response,
    error: {
      status: 413,
      code: "body_too_large",
      message: `The request body is larger than ${options.maxBytes} bytes, the most the embedded Supabase takes.`,
      hint: "Send fewer rows a request.",
    },
  })
}

function knowsSecretKey(settings: HttpDoorSettings, request: IncomingMessage): boolean {
  const given = request.headers.apikey
  if (typeof given !== "string") return false
  const digest = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(digest(given), digest(settings.secretKey))
}

/** A web page that points its own host name at this machine must not get in. */
function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)
}

const HOP_BY_HOP = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
])
