import { get } from "node:http"

export type Lease = { end(): void }

/**
 * Keeps a server alive: an answer that stays open until `end`, or until this process dies in whatever way.
 * It does not keep this process alive. Null when the server is closing.
 */
export async function takeLease(options: {
  url: string
  secretKey: string
}): Promise<Lease | null> {
  return new Promise((resolve) => {
    const request = get(
      new URL("/local/v1/lease", options.url),
      { agent: false, headers: { apikey: options.secretKey } },
      (response) => {
        response.on("error", () => {})
        response.resume()
        if (response.statusCode !== 200) return resolve(null)
        response.socket.unref()
        resolve({ end: () => request.destroy() })
      },
    )
    request.on("error", () => resolve(null))
  })
}
