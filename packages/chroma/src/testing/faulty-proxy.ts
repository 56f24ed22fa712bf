import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"

/** What goes wrong with a request: the line is cut, the answer is cut in half, or another one is given. */
export type Fault =
  | "cut_connection"
  | "cut_answer"
  | { status: number; headers?: Record<string, string>; body?: string }

export type ProxiedRequest = {
  /** From 1. */
  number: number
  method: string
  path: string
  body: string
  headers: NodeJS.Dict<string | string[]>
}

export type FaultyProxy = {
  url: string
  requests: ProxiedRequest[]
  [Symbol.asyncDispose](): Promise<void>
}

/** A real HTTP proxy in front of a real server, which fails where it is told to. */
export async function startFaultyProxy({
  targetUrl,
  faultOf,
}: {
  targetUrl: string
  /** Null for a request that is to go well. */
  faultOf: (request: ProxiedRequest) => Fault | null
}): Promise<FaultyProxy> {
  const requests: ProxiedRequest[] = []

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await text(incoming)
    const { method = "GET", url: path = "/", headers } = incoming
    const request = { number: requests.length + 1, method, path, body, headers }
    requests.push(request)
    const fault = faultOf(request)
    if (fault === "cut_connection") return void outgoing.destroy()
    if (fault !== null && fault !== "cut_answer") {
      return void outgoing.writeHead(fault.status, fault.headers).end(fault.body)
    }
    const answer = await fetch(targetUrl + path, {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "GET" ? {} : { body }),
    })
    const content = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get("content-type") ?? "application/json"
    outgoing.writeHead(answer.status, { "content-type": type, "content-length": content.length })
    if (fault === null) return void outgoing.end(content)
    outgoing.write(content.subarray(0, content.length / 2), () => outgoing.destroy())
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
