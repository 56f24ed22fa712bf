import type { IncomingMessage } from "node:http"

/**
 * The whole body of a request, or `"too_large"`: then the rest is still read, and thrown away, so that the answer
 * arrives and the connection can be used again.
 */
export function readLimitedBody(options: {
  request: IncomingMessage
  maxBytes: number
}): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  const { request, maxBytes } = options
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let size =
      Number(request.headers["content-length"] ?? 0) > maxBytes ? Number.POSITIVE_INFINITY : 0
    const refuse = () => {
      chunks = []
      resolve("too_large")
    }
    if (size > maxBytes) refuse()
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > maxBytes) refuse()
      else chunks.push(chunk)
    })
    request.on("end", () => resolve(joinChunks({ chunks, size })))
    request.on("error", reject)
  })
}

function joinChunks({ chunks, size }: { chunks: Buffer[]; size: number }): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(chunks.length === 0 ? 0 : size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
