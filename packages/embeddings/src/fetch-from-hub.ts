import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { hubRepository, modelFiles } from "./model-files.ts"

export type FetchProgress = (progress: {
  from: "hub" | "maven"
  file: string
  receivedBytes: number
  /** Null while the source does not tell. */
  totalBytes: number | null
}) => void

/** Downloads both files into `directory`. Fails when nothing arrives for `timeoutInMs`. */
export async function fetchFromHub({
  endpoint,
  directory,
  timeoutInMs,
  onProgress,
}: {
  endpoint: string
  directory: string
  timeoutInMs: number
  onProgress: FetchProgress | undefined
}) {
  for (const { name } of modelFiles) {
    const path = `${hubRepository.id}/resolve/${hubRepository.revision}/${hubRepository.paths[name]}`
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(new Error("no answer in time")), timeoutInMs)
    try {
      const response = await fetch(new URL(path, withSlash(endpoint)), { signal: abort.signal })
      if (!response.ok || response.body === null) {
        throw new Error(`the hub answered ${response.status}`)
      }
      const length = response.headers.get("content-length")
      const totalBytes = length === null ? null : Number(length)
      let receivedBytes = 0
      const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          timer.refresh()
          receivedBytes += chunk.byteLength
          onProgress?.({ from: "hub", file: name, receivedBytes, totalBytes })
          yield chunk
        }
      }
      const target = createWriteStream(join(directory, name))
      await pipeline(Readable.fromWeb(response.body), counted, target)
    } finally {
      clearTimeout(timer)
    }
  }
}

function withSlash(endpoint: string) {
  return endpoint.endsWith("/") ? endpoint : `${endpoint}/`
}
