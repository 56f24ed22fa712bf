import type { ServerResponse } from "node:http"

/** Who is using the server: each lease is an answer that stays open for as long as its client lives. */
export type LeaseCounter = {
  /** Starts a lease on a response. */
  hold(response: ServerResponse): void
  endAll(): void
  readonly count: number
}

export function createLeaseCounter(onChange: (count: number) => void): LeaseCounter {
  const leases = new Set<ServerResponse>()
  return {
    hold: (response) => {
      leases.add(response)
      response.on("close", () => {
        leases.delete(response)
        onChange(leases.size)
      })
      response.writeHead(200, { "content-type": "text/plain" })
      response.write("held\n")
      onChange(leases.size)
    },
    endAll: () => {
      for (const response of leases) response.end()
    },
    get count() {
      return leases.size
    },
  }
}
