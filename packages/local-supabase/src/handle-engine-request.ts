import type { EngineAnswer, EngineRequest } from "./engine.ts"

/** Asks a fetch-style app and reads its whole answer, so that nothing of it happens after the lock is given back. */
export async function handleEngineRequest(options: {
  fetch: (request: Request) => Promise<Response>
  request: EngineRequest
}): Promise<EngineAnswer> {
  const { method, url, headers, body } = options.request
  const response = await options.fetch(new Request(url, { method, headers, body }))
  return {
    status: response.status,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  }
}
