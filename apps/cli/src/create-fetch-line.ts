import type { FetchProgress } from "@reasoningbank/embeddings"
import { formatBytes, formatDuration } from "./format-figures.ts"
import { progressBar } from "./progress-bar.ts"

const origins = { hub: "from the hub", maven: "with Maven" } as const

/** Makes one line of the progress of a download: bar, rate and time left. `now` in milliseconds. */
export function createFetchLine(now: () => number = () => performance.now()) {
  let current = ""
  let start = { time: 0, bytes: 0 }
  return ({ from, file, receivedBytes, totalBytes }: FetchProgress): string => {
    const what = `${file === "artifact" ? "the model" : file} ${origins[from]}`
    if (receivedBytes === 0) return `Fetching ${what} …`
    if (current !== what) {
      current = what
      start = { time: now(), bytes: receivedBytes }
    }
    const rate = ((receivedBytes - start.bytes) / Math.max(now() - start.time, 1)) * 1_000
    const received = `${formatBytes(receivedBytes)}${rate > 0 ? `  ${formatBytes(rate)}/s` : ""}`
    if (totalBytes === null) return `Fetching ${what}  ${received}`
    const share = receivedBytes / totalBytes
    const isRunning = rate > 0 && receivedBytes < totalBytes
    const left = formatDuration(((totalBytes - receivedBytes) / rate) * 1_000)
    return `Fetching  ${progressBar(share)} ${Math.floor(share * 100)} %  ${received}${isRunning ? `  ${left} left` : ""}`
  }
}
