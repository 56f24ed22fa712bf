import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import CachePolicy from "http-cache-semantics"

type Kept = { policy: CachePolicy; status: number; headers: Record<string, string>; body: Buffer }

export type CachingProxy = {
  url: string
  /** Addresses that were answered from the cache. */
  hits: string[]
  close(): Promise<void>
}

/** A shared HTTP cache (RFC 9111) before a server, as a CDN is one: what an answer allows to keep it gives to anybody. */
export async function startCachingProxy({ origin }: { origin: string }): Promise<CachingProxy> {
  const kept = new Map<string, Kept>()
  const hits: string[] = []
  const server = createServer(async (request, response) => {
    const url = request.url ?? "/"
    const asked = { url, method: request.method ?? "GET", headers: request.headers }
    const found = kept.get(url)
    if (found?.policy.satisfiesWithoutRevalidation(asked) === true) {
      hits.push(url)
      response.writeHead(found.status, found.headers).end(found.body)
      return
    }
    const answer = await fetch(new URL(url, origin), {
      method: asked.method,
      headers: forwardedHeaders(request),
      redirect: "manual",
      ...(hasBody(request) && { body: await readBody(request) }),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    const headers = Object.fromEntries(
      [...answer.headers].filter(
        ([name]) => !/^(content-encoding|content-length|transfer-encoding|set-cookie)$/.test(name),
      ),
    )
    const policy = new CachePolicy(asked, { status: answer.status, headers }, { shared: true })
    if (policy.storable()) kept.set(url, { policy, status: answer.status, headers, body })
    for (const cookie of answer.headers.getSetCookie()) response.appendHeader("set-cookie", cookie)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.writeHead(answer.status).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function hasBody({ method }: IncomingMessage): boolean {
  return method !== "GET" && method !== "HEAD"
}

function forwardedHeaders({ headers }: IncomingMessage): Headers {
  const forwarded = new Headers({ "x-forwarded-host": headers.host ?? "" })
  for (const [name, value] of Object.entries(headers)) {
    if (/^(host|connection|content-length|transfer-encoding|keep-alive|upgrade)$/.test(name))
      continue
    forwarded.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""))
  }
  return forwarded
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
