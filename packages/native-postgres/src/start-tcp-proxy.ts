import { connect, createServer, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { listenOnFreePort } from "./listen-on-free-port.ts"

/** What becomes of data on its way from the client to the server. */
export type TcpVerdict =
  | "forward"
  /** The line is cut before the server gets it. */
  | "cut"
  /** The server gets it, then the line is cut: its answer is lost. */
  | "forward-and-cut"
  /** Nothing goes either way from now on, and nobody is told. */
  | "freeze"

export type TcpProxy = {
  port: number
  /** `url` with the proxy's host and port, without TLS. */
  inFrontOf(url: string): string
  /** @default always "forward" */
  decide: (data: Buffer) => TcpVerdict
  /** Bytes a second to the server; null for all it takes. @default null */
  bytesPerSecond: number | null
  /** Lets go on what was frozen, for connections made from now on. */
  thaw(): void
  stop(): Promise<void>
}

/** Stands between a client and a real server, on a port of its own, and cuts, freezes or slows what passes. */
export async function startTcpProxy({ url: upstream }: { url: string }): Promise<TcpProxy> {
  const { hostname, port } = new URL(upstream)
  const sockets = new Set<Socket>()
  let isFrozen = false

  const join = (client: Socket) => {
    const server = connect({ host: hostname, port: Number(port) })
    const both = [client, server]
    const cut = () => {
      for (const socket of both) socket.destroy()
    }
    for (const socket of both) {
      sockets.add(socket)
      socket.on("error", cut).once("close", () => {
        sockets.delete(socket)
        if (!isFrozen) cut()
      })
    }
    server.on("data", (data) => {
      if (!isFrozen) client.write(data)
    })
    client.on("data", async (data) => {
      if (isFrozen) return
      const verdict = proxy.decide(data)
      if (verdict === "freeze") isFrozen = true
      if (verdict === "cut") cut()
      if (verdict === "freeze" || verdict === "cut") return
      if (proxy.bytesPerSecond !== null) {
        client.pause()
        await sleep((data.length / proxy.bytesPerSecond) * 1_000)
        client.resume()
      }
      server.write(data, () => {
        // Long enough for the server to have acted upon it, and the answer goes nowhere.
        if (verdict === "forward-and-cut") setTimeout(cut, 100)
      })
      if (verdict === "forward-and-cut") server.removeAllListeners("data").resume()
    })
  }

  const listener = createServer(join)
  const listening = await listenOnFreePort(listener)
  const proxy: TcpProxy = {
    port: listening,
    inFrontOf: (url) => {
      const address = new URL(url)
      address.host = `127.0.0.1:${listening}`
      address.searchParams.set("sslmode", "disable")
      return address.href
    },
    decide: () => "forward",
    bytesPerSecond: null,
    thaw: () => {
      isFrozen = false
    },
    stop: async () => {
      isFrozen = false
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
  return proxy
}
