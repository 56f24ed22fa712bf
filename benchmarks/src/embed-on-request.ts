import { subscribe } from "node:diagnostics_channel"
import { readFileSync } from "node:fs"
import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { openPlainPipeline } from "./plain-pipeline.ts"

export type EmbedRequest = {
  /** Embedded for the rate. */
  texts: string[]
  /** Embedded for the latencies. */
  queries: string[]
}

export type EmbedMeasurement = {
  textsPerSecond: number
  /** Of one query after the other, of a call with 8 texts, and of each of 8 queries at once. */
  latenciesInMs: { single: number[]; batch: number[]; concurrent: number[] }
  /** Highest resident memory so far, of the model's process too. */
  peakBytes: number
  /** Of a timer of 1 ms while texts are embedded. */
  ticksPerSecond: number
  /** Sum of the sizes of all numbers of all vectors, to compare the ways. */
  checksum: number
}

type Opened = { embed(texts: string[]): Promise<Float32Array[]> }

/** Run by `embedder.ts` in a process of its own, which stays open: embeds one way what it is sent. */
const [way = ""] = process.argv.slice(2)
const modelProcessIds: number[] = []
subscribe("child_process", (message) => {
  const { process: child } = message as { process: { pid?: number } }
  setImmediate(() => child.pid !== undefined && modelProcessIds.push(child.pid))
})
const opened = await open()
await opened.embed(["loads the model"])
process.on("disconnect", () => process.exit())
process.on("message", async (request: EmbedRequest) => process.send?.(await measure(request)))
process.send?.("ready")

async function open(): Promise<Opened> {
  if (way.startsWith("pipeline")) return await openPlainPipeline()
  return createMiniLmEmbedder({ cacheSize: 0, precision: way === "q8" ? "q8" : "fp32" })
}

async function measure({ texts, queries }: EmbedRequest): Promise<EmbedMeasurement> {
  return {
    ...(await measureRate(texts)),
    latenciesInMs: {
      single: await measureSingle(queries),
      batch: await measureBatches(queries),
      concurrent: await measureConcurrent(queries),
    },
    peakBytes: process.resourceUsage().maxRSS * 1_024 + peakBytesOfModelProcess(),
  }
}

/** `pipeline-1` gives it one text after the other, `pipeline-32` 32 at once, ours gets all. */
async function measureRate(texts: string[]) {
  const size = way.startsWith("pipeline") ? Number(way.slice("pipeline-".length)) : texts.length
  let ticks = 0
  let checksum = 0
  const timer = setInterval(() => ticks++, 1)
  const start = performance.now()
  for (let from = 0; from < texts.length; from += size) {
    for (const vector of await opened.embed(texts.slice(from, from + size))) {
      checksum += vector.reduce((sum, value) => sum + Math.abs(value), 0)
    }
  }
  const seconds = (performance.now() - start) / 1_000
  clearInterval(timer)
  return { textsPerSecond: texts.length / seconds, ticksPerSecond: ticks / seconds, checksum }
}

async function measureSingle(queries: string[]) {
  const latencies: number[] = []
  for (const query of queries) latencies.push(await timed(() => opened.embed([query])))
  return latencies
}

async function measureBatches(queries: string[]) {
  const latencies: number[] = []
  for (const eight of byEight(queries)) latencies.push(await timed(() => opened.embed(eight)))
  return latencies
}

async function measureConcurrent(queries: string[]) {
  const latencies: number[] = []
  for (const eight of byEight(queries)) {
    const calls = eight.map((query) => timed(() => opened.embed([query])))
    latencies.push(...(await Promise.all(calls)))
  }
  return latencies
}

function byEight(queries: string[]) {
  return Array.from({ length: Math.floor(queries.length / 8) }, (_, part) =>
    queries.slice(part * 8, part * 8 + 8),
  )
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** VmHWM of /proc (Linux). */
function peakBytesOfModelProcess() {
  const peaks = modelProcessIds.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8")
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
  })
  return peaks.reduce((sum, bytes) => sum + bytes, 0)
}
