import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { cpus, loadavg } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type { EmbedMeasurement, EmbedRequest } from "./embed-on-request.ts"
import { measureRecall } from "./measure-recall.ts"
import { readSampleTexts } from "./sample-texts.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    texts: { type: "string", default: "64" },
    queries: { type: "string", default: "16" },
  },
})
const rounds = Number(values.rounds)
const ways = [
  { way: "fp32", label: "createMiniLmEmbedder, fp32" },
  { way: "q8", label: "createMiniLmEmbedder, q8" },
  { way: "pipeline-1", label: "plain pipeline, fp32, one by one" },
  { way: "pipeline-32", label: "plain pipeline, fp32, 32 at once" },
] as const
type Way = (typeof ways)[number]["way"]

const { tasks, items } = await readSampleTexts()
const all = [...tasks, ...items]
const characters = Math.round(all.join("").length / all.length)
const [cpu] = cpus()
console.log(
  `Embedding ${values.texts} texts of the sample bank (of ${all.length}, mean ${characters} characters), then ${values.queries} queries, in each of ${rounds} rounds.
The ways take turns, each in its own process, caches off. ${cpus().length} x ${cpu?.model.trim()}, Node ${process.versions.node}, load ${describeLoad()} at the start.`,
)

const processes = new Map<Way, ChildProcess>()
for (const { way } of ways) processes.set(way, await start(way))
const measured = new Map<Way, EmbedMeasurement[]>(ways.map(({ way }) => [way, []]))
for (let round = 0; round < rounds; round++) {
  const request = {
    texts: spread({ texts: all, count: Number(values.texts), offset: round / rounds }),
    queries: spread({ texts: tasks, count: Number(values.queries), offset: round / rounds }),
  }
  for (const [way, child] of processes) {
    process.stderr.write(`\rround ${round + 1} of ${rounds}: ${way.padEnd(12)}`)
    measured.get(way)?.push(await measure({ child, request }))
  }
}
for (const child of processes.values()) child.disconnect()
process.stderr.write("\n")
assertSameWork()

console.log(
  `\n${"".padEnd(34)}texts/s  one query     8 in a call   8 at once     peak RSS  timer ticks/s
${"".padEnd(34)}median   p50 / p95     p50 / p95     p50 / p95     median    while embedding`,
)
for (const { way, label } of ways) {
  const runs = measured.get(way) ?? []
  const latency = (kind: keyof EmbedMeasurement["latenciesInMs"]) => {
    const all = runs.flatMap(({ latenciesInMs }) => latenciesInMs[kind])
    return `${quantile(all, 0.5).toFixed(0)} / ${quantile(all, 0.95).toFixed(0)} ms`.padEnd(14)
  }
  const memory = `${(median(runs, (run) => run.peakBytes) / 1e6).toFixed(0)} MB`.padEnd(10)
  console.log(
    `${label.padEnd(34)}${median(runs, rate).toFixed(0).padEnd(9)}${latency("single")}${latency("batch")}${latency("concurrent")}${memory}${median(runs, (run) => run.ticksPerSecond).toFixed(0)}`,
  )
}

console.log("\nRatios to the plain pipeline, median of the rounds (above 1 is better than it):")
const single = (run: EmbedMeasurement) => 1 / quantile(run.latenciesInMs.single, 0.5)
const batch = (run: EmbedMeasurement) => 1 / quantile(run.latenciesInMs.batch, 0.5)
const concurrent = (run: EmbedMeasurement) => 1 / quantile(run.latenciesInMs.concurrent, 0.95)
for (const way of ["fp32", "q8"] as const) {
  console.log(`  ${way}
    texts/s                 ${ratio(way, "pipeline-1", rate)} one by one, ${ratio(way, "pipeline-32", rate)} 32 at once
    one query, p50          ${ratio(way, "pipeline-1", single)}
    8 in a call, p50        ${ratio(way, "pipeline-1", batch)}
    8 at once, p95          ${ratio(way, "pipeline-1", concurrent)}`)
}

const recall = await measureRecall()
console.log(`
recall@10 of ${recall.queries} tasks in ${recall.items} memory items, exact search, fp32 = 1.000:
  q8 in its own index       ${recall.ownIndex.toFixed(3)}
  q8 in an index of fp32    ${recall.mixedIndex.toFixed(3)} (refused: the models have two names)
Load ${describeLoad()} at the end.`)

async function start(way: Way) {
  const entry = fileURLToPath(new URL("./embed-on-request.ts", import.meta.url))
  const child = fork(entry, [way], { serialization: "advanced" })
  await once(child, "message")
  return child
}

async function measure({ child, request }: { child: ChildProcess; request: EmbedRequest }) {
  child.send(request)
  const [measurement]: EmbedMeasurement[] = await once(child, "message")
  if (measurement === undefined) throw new Error("no measurement came back")
  return measurement
}

/** That many texts at equal distances, others for each offset from 0 to 1. */
function spread({ texts, count, offset }: { texts: string[]; count: number; offset: number }) {
  return Array.from(
    { length: count },
    (_, index) => texts[Math.floor(((index + offset) * texts.length) / count)] ?? "",
  )
}

function rate(run: EmbedMeasurement) {
  return run.textsPerSecond
}

function ratio(way: Way, peer: Way, figure: (run: EmbedMeasurement) => number) {
  const peers = measured.get(peer) ?? []
  const ratios = (measured.get(way) ?? []).map((run, round) => {
    const other = peers[round]
    return other === undefined ? Number.NaN : figure(run) / figure(other)
  })
  return `${quantile(ratios, 0.5).toFixed(2)}x`
}

function median(runs: EmbedMeasurement[], figure: (run: EmbedMeasurement) => number) {
  return quantile(runs.map(figure), 0.5)
}

function quantile(numbers: number[], share: number) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The ways embed the same texts with the same weights: their vectors sum up to the same. */
function assertSameWork() {
  for (const [round, { checksum: expected }] of (measured.get("fp32") ?? []).entries()) {
    for (const way of ["pipeline-1", "pipeline-32"] as const) {
      const checksum = measured.get(way)?.[round]?.checksum ?? Number.NaN
      if (Math.abs(checksum / expected - 1) < 1e-3) continue
      throw new Error(`${way} made other vectors: ${checksum} instead of ${expected}`)
    }
  }
}

function describeLoad() {
  return (loadavg()[0] ?? 0).toFixed(1)
}
