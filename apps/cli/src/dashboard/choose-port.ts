import { createServer } from "node:net"

/** The wanted port of this machine when it is free, else another that is. */
export async function choosePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(null))
    // Whoever listens on all addresses is in the way too, so this asks for all of them.
    server.listen(port, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? null) : null))
    })
  })
}
