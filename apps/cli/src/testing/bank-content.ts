import type { Microseconds } from "./naive-time.ts"
import type { SeededRandom } from "./seeded-random.ts"

export const outcomes = ["success", "failure", "partial"] as const
export const difficulties = ["simple", "moderate", "complex", "expert"] as const
export const domains = ["algorithms", "api_usage", "debugging", "testing", "deployment"] as const

const subjects = [
  "connection pool",
  "retry loop",
  "checkout form",
  "schema migration",
  "texture cache",
  "Größenrechner",
  "支付回调",
  "rate limiter 🚦",
] as const
const verbs = ["Guard", "Trace", "Shrink", "Replay", "Batch", "Isolate"] as const
const lessons = [
  "Reproduce the failure with the smallest input before changing anything.",
  'Read the "official" error text to its end; the cause is often in the last line.',
  "Keep the transaction short and move the network call out of it.",
  "Add the index concurrently, then compare the plans.\nOnly then drop the old one.",
  "Log the identifiers on both sides, otherwise the two events can not be joined.",
] as const

/** 2025-09-01, in microseconds; three months from here span a change of clocks. */
const firstDay: Microseconds = 1_756_684_800_000_000n
const spanInSeconds = 90 * 86_400

export function makeTime(random: SeededRandom): Microseconds {
  const second = BigInt(random.integer(spanInSeconds))
  return firstDay + second * 1_000_000n + BigInt(random.integer(1_000_000))
}

export function makeTask(random: SeededRandom): string {
  const task = `${random.pick(verbs)} the ${random.pick(subjects)} of the ${random.pick(domains)} service`
  return random.chance(0.1) ? `${task}. ${random.pick(lessons)} `.repeat(9) : task
}

export function makeTexts(random: SeededRandom) {
  const subject = random.pick(subjects)
  return {
    title: `${random.pick(verbs)} the ${subject} #${random.integer(100_000)}`,
    description: `What to do when the ${subject} misbehaves under load.`,
    content: `${random.pick(lessons)} ${random.pick(lessons)}`,
  }
}

export function makeErrorContext(random: SeededRandom) {
  return {
    error_type: "TimeoutError",
    failure_pattern: `waited ${random.integer(60)} s`,
    corrective_guidance: random.pick(lessons),
    attempts: random.integer(5),
    ratio: 0.1 + random.integer(9) / 10,
  }
}
