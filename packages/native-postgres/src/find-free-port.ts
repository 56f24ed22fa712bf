import { createServer } from "node:net"
import { listenOnFreePort } from "./listen-on-free-port.ts"

/** A TCP port on 127.0.0.1 that nothing listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  const port = await listenOnFreePort(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
