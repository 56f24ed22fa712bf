import { connect, createServer, type Socket } from "node:net"
import { createSecureContext, TLSSocket } from "node:tls"
import { listenOnFreePort } from "@reasoningbank/native-postgres"

export type TlsFront = {
  port: number
  /** PEM; shown to connections made from now on. */
  identity: { key: string; cert: string }
  close(): Promise<void>
}

/**
 * Offers TLS in front of a Postgres that has none, as poolers do: the request of
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL is granted and what is within goes on.
 */
export async function startTlsFront({
  url,
  identity,
}: {
  url: string
  identity: TlsFront["identity"]
}): Promise<TlsFront> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const listener = createServer((client) => {
    sockets.add(client)
    client
      .on("error", () => client.destroy())
      .once("data", () => {
        client.write("S")
        const secureContext = createSecureContext(front.identity)
        const inside = new TLSSocket(client, { isServer: true, secureContext })
        const server = connect({ host: hostname, port: Number(port) })
        sockets.add(server)
        for (const socket of [inside, server]) {
          socket
            .on("error", () => {})
            .once("close", () => {
              inside.destroy()
              server.destroy()
            })
        }
        inside.pipe(server).pipe(inside)
      })
  })
  const listening = await listenOnFreePort(listener)
  const front: TlsFront = {
    port: listening,
    identity,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
  return front
}
