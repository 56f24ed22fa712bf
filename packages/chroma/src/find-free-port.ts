import { createServer } from "node:net"
import { ReasoningBankError } from "@reasoningbank/core"

/** A port of 127.0.0.1 nobody listens on: the wanted one, or any. Raises `usage` when it is taken. */
export async function findFreePort(wantedPort = 0): Promise<number> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject)
      server.listen(wantedPort, "127.0.0.1", resolve)
    })
  } catch (error) {
    throw new ReasoningBankError({
      code: "usage",
      message: `Port ${wantedPort} of 127.0.0.1 can not be listened on: it is taken or not allowed.`,
      hint: "Give another port, or none to take a free one.",
      cause: error,
    })
  }
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === "object" && address !== null ? address.port : wantedPort
}
