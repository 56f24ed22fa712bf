import { createServer, request } from "node:http"

export type ChromaRelay = {
  url: string
  /** What Chroma was asked since the last call, in order. */
  takeRequests(): { method: string; path: string; body: string }[]
  stop(): Promise<void>
}

/** Stands before a Chroma, hands everything on and keeps what was asked. */
export async function startChromaRelay({ target }: { target: string }): Promise<ChromaRelay> {
  let asked: { method: string; path: string; body: string }[] = []
  const relay = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = "GET", url: path = "/" } = incoming
    asked.push({ method, path, body: body.toString() })
    const onward = request(
      new URL(path, target),
      { method, headers: { ...incoming.headers, host: new URL(target).host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on("error", () => outgoing.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.address()
  const port = typeof address === "object" ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    takeRequests() {
      const taken = asked
      asked = []
      return taken
    },
    async stop() {
      relay.closeAllConnections()
      await new Promise((resolve) => relay.close(resolve))
    },
  }
}
