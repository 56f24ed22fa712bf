import type { Server } from "node:net"

/** Lets a server (also one of HTTP) listen on a free port of 127.0.0.1, and returns that. */
export function listenOnFreePort(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address()
      if (address === null || typeof address === "string") reject(new Error("no port was given"))
      else resolve(address.port)
    })
  })
}
