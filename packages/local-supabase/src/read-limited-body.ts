import type { IncomingMessage } from "node:http"

/** The whole body of a request, or `"too_large"`: then the rest is read and thrown away, so that the answer arrives. */
export async function readLimitedBody(options: {
  request: IncomingMessage
  maxBytes: number
}): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  const { request, maxBytes } = options
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    request.resume()
    return "too_large"
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.byteLength
    if (size > maxBytes) {
      request.resume()
      return "too_large"
    }
    chunks.push(chunk)
  }
  const body = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
