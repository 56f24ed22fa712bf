import { subscribe } from "node:diagnostics_channel"
import { readFileSync } from "node:fs"
import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { openPlainPipeline } from "./plain-pipeline.ts"
import { readSampleTexts } from "./sample-texts.ts"

export type EmbedMeasurement = {
  textsPerSecond: number
  /** Of one query after the other, of a call with 8 texts, and of each of 8 queries at once. */
  latenciesInMs: { single: number[]; batch: number[]; concurrent: number[] }
  /** Highest resident memory, of the model's process too. */
  peakBytes: number
  /** Ticks of a timer of 1 ms a second while texts are embedded. */
  ticksPerSecond: number
  /** Sum of all numbers of all vectors, to compare the ways. */
  checksum: number
}

type Opened = { embed(texts: string[]): Promise<Float32Array[]>; close(): Promise<void> }

/** Run by `embedder.ts` in a process of its own: embeds the sample bank one way and prints a measurement. */
const [way = "", textCount = "", queryCount = ""] = process.argv.slice(2)
const childIds: number[] = []
subscribe("child_process", (message) => {
  const { process: child } = message as { process: { pid?: number } }
  setImmediate(() => child.pid !== undefined && childIds.push(child.pid))
})
const { tasks, items } = await readSampleTexts()
const texts = spread([...tasks, ...items], Number(textCount))
const queries = tasks.slice(0, Number(queryCount))
const opened = await open()
await opened.embed(["loads and warms up"])
await opened.embed(texts.slice(0, 16))

const { textsPerSecond, ticksPerSecond, checksum } = await measureThroughput()
const measurement: EmbedMeasurement = {
  textsPerSecond,
  ticksPerSecond,
  checksum,
  latenciesInMs: {
    single: await measureSingle(),
    batch: await measureBatches(),
    concurrent: await measureConcurrent(),
  },
  peakBytes: process.resourceUsage().maxRSS * 1024 + childPeakBytes(),
}
await opened.close()
console.log(JSON.stringify(measurement))

/** That many of them, at equal distances. */
function spread(all: string[], count: number) {
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor((index * all.length) / count)] ?? "",
  )
}

async function open(): Promise<Opened> {
  if (way.startsWith("pipeline")) return await openPlainPipeline()
  return createMiniLmEmbedder({ cacheSize: 0, precision: way === "q8" ? "q8" : "fp32" })
}

/** `pipeline-1` gives it one text after the other, `pipeline-32` 32 at once, ours gets all. */
async function measureThroughput() {
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

async function measureSingle() {
  const latencies: number[] = []
  for (const query of queries) latencies.push(await timed(() => opened.embed([query])))
  return latencies
}

async function measureBatches() {
  const latencies: number[] = []
  for (let from = 0; from + 8 <= queries.length; from += 8) {
    latencies.push(await timed(() => opened.embed(queries.slice(from, from + 8))))
  }
  return latencies
}

async function measureConcurrent() {
  const latencies: number[] = []
  for (let from = 0; from + 8 <= queries.length; from += 8) {
    const eight = queries.slice(from, from + 8)
    const calls = eight.map((query) => timed(() => opened.embed([query])))
    latencies.push(...(await Promise.all(calls)))
  }
  return latencies
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** VmHWM of /proc (Linux). */
function childPeakBytes() {
  const peaks = childIds.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8")
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
  })
  return peaks.reduce((sum, bytes) => sum + bytes, 0)
}
