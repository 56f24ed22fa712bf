import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"
import { listenOnFreePort } from "@reasoningbank/native-postgres"

/** What the proxy does with one request. */
export type ProxyVerdict =
  | "forward"
  /** The server gets it, the client never hears of it. */
  | "lose-answer"
  | "refuse-connection"
  | { status: number; headers?: Record<string, string>; body?: string }
  /** As a project that gives no more rows than this to one request. */
  | { mostRows: number }

export type FaultyProxy = {
  url: string
  /** Path and size of every request, in order. */
  requests: { path: string; bytes: number }[]
  /** @default always "forward" */
  decide: (request: { path: string; body: string; count: number }) => ProxyVerdict
  close: () => Promise<void>
}

/** Stands between a client and a real server and loses, delays or refuses what it is told to. */
export async function startFaultyProxy(upstream: string): Promise<FaultyProxy> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "/"
    const body = (await buffer(request)).toString("utf8")
    proxy.requests.push({ path, bytes: body.length })
    const verdict = proxy.decide({ path, body, count: proxy.requests.length })
    if (verdict === "refuse-connection") return request.socket.destroy()
    if (typeof verdict === "object" && "status" in verdict) {
      return response.writeHead(verdict.status, verdict.headers).end(verdict.body ?? "")
    }
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) {
      const isHop = ["host", "connection", "content-length", "transfer-encoding"].includes(name)
      if (typeof value === "string" && !isHop) headers.set(name, value)
    }
    const address = new URL(path, upstream)
    if (typeof verdict === "object") limitRows({ address, ...verdict })
    const forwarded = await fetch(address, {
      method: request.method ?? "GET",
      headers,
      ...(body === "" ? {} : { body }),
    })
    const text = await forwarded.text()
    if (verdict === "lose-answer") return request.socket.destroy()
    const type = forwarded.headers.get("content-type") ?? "text/plain"
    const range = forwarded.headers.get("content-range")
    const told = { "content-type": type, ...(range !== null && { "content-range": range }) }
    return response.writeHead(forwarded.status, told).end(text)
  }
  const server = createServer((request, response) => void answer(request, response))
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${await listenOnFreePort(server)}`,
    requests: [],
    decide: () => "forward",
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return proxy
}

function limitRows({ address, mostRows }: { address: URL; mostRows: number }): void {
  const asked = Number(address.searchParams.get("limit") ?? mostRows)
  address.searchParams.set("limit", String(Math.min(asked, mostRows)))
}
