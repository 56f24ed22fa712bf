import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs, promisify } from "node:util"
import { startChromaServer } from "@reasoningbank/chroma/server"
import type { ReadMeasurement } from "./read-chroma-once.ts"
import { writeBank } from "./write-bank.ts"

const reader = fileURLToPath(new URL("./read-chroma-once.ts", import.meta.url))

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "10000" },
    rounds: { type: "string", default: "5" },
  },
})
const records = Number(values.records)
const rounds = Number(values.rounds)

const directory = await writeBank({ records })
await using server = await startChromaServer({ directory })
const ways = [
  { way: "directory", place: directory, label: "openChromaDirectory" },
  { way: "server", place: server.url, label: "openChromaServer" },
  { way: "get", place: server.url, label: "collection.get, limit 1000 + offset" },
] as const

const measured = new Map(ways.map(({ label }) => [label, [] as ReadMeasurement[]]))
for (let round = 0; round < rounds; round++) {
  process.stderr.write(`\rround ${round + 1} of ${rounds}`)
  for (const { way, place, label } of ways) {
    const measurement = await readOnce({ way, place })
    if (measurement.records !== records || measurement.floats !== records * 384) {
      throw new Error(`${label} read ${measurement.records} records, ${measurement.floats} floats`)
    }
    measured.get(label)?.push(measurement)
  }
}
process.stderr.write("\n")

console.log(
  `Reading ${records} records x 384 floats, ${rounds} alternating rounds, each way in its own process.`,
)
console.log(`${"".padEnd(38)}rows/s: min  median     max   peak RSS, median`)
for (const [label, runs] of measured) {
  const rates = summarise(runs.map(({ rowsPerSecond }) => rowsPerSecond)).map((rate) =>
    rate.toFixed(0),
  )
  const [, memory = 0] = summarise(runs.map(({ peakBytes }) => peakBytes / 1e6))
  console.log(`${label.padEnd(38)}${columns(rates)}   ${memory.toFixed(0)} MB`)
}
const peers = measured.get(ways[2].label) ?? []
for (const { label } of ways.slice(0, 2)) {
  const ratios = (measured.get(label) ?? []).map(
    ({ rowsPerSecond }, round) => rowsPerSecond / (peers[round]?.rowsPerSecond ?? Number.NaN),
  )
  const printed = summarise(ratios).map((ratio) => `${ratio.toFixed(1)}x`)
  console.log(`${`ratio ${label} / collection.get`.padEnd(38)}${columns(printed)}`)
}

async function readOnce({ way, place }: { way: string; place: string }): Promise<ReadMeasurement> {
  const { stdout } = await promisify(execFile)(process.execPath, [reader, way, place])
  return JSON.parse(stdout)
}

/** Smallest, median and largest. */
function summarise(numbers: number[]): [number, number, number] {
  const sorted = numbers.toSorted((first, second) => first - second)
  return [sorted[0] ?? 0, sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0]
}

function columns(texts: string[]): string {
  return texts
    .map((text) => text.padStart(8))
    .join("")
    .padStart(27)
}
