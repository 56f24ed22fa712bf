import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { FetchModel } from "./fetch-model.ts"
import { hubRepository } from "./model-files.ts"

/** Downloads the files from the hub or a mirror. Fails when nothing arrives for `timeoutInMs`. */
export function createHubFetcher({
  endpoint,
  timeoutInMs,
}: {
  endpoint: string
  timeoutInMs: number
}): FetchModel {
  return async ({ edition, directory, signal, onProgress }) => {
    for (const { name, hubPath } of edition.files) {
      const path = `${hubRepository.id}/resolve/${hubRepository.revision}/${hubPath}`
      const silence = new AbortController()
      const timer = setTimeout(
        () => silence.abort(new Error(`the hub was silent for ${timeoutInMs} ms`)),
        timeoutInMs,
      )
      try {
        const url = new URL(path, endpoint.endsWith("/") ? endpoint : `${endpoint}/`)
        const response = await fetch(url, { signal: AbortSignal.any([silence.signal, signal]) })
        if (!response.ok || response.body === null) {
          throw new Error(`the hub answered ${response.status} for ${hubPath}`)
        }
        const length = response.headers.get("content-length")
        const totalBytes = length === null ? null : Number(length)
        let receivedBytes = 0
        const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            timer.refresh()
            receivedBytes += chunk.byteLength
            onProgress({ from: "hub", file: name, receivedBytes, totalBytes })
            yield chunk
          }
        }
        const target = createWriteStream(join(directory, name))
        await pipeline(Readable.from(response.body), counted, target)
      } finally {
        clearTimeout(timer)
      }
    }
  }
}
