import { createDigestSum } from "./digest-sum.ts"
import type { BatchRows } from "./write-batch.ts"

/** Names a batch by the content of all its rows (64 hex digits), whatever their order. */
export function batchFingerprint({ traces, memoryItems }: BatchRows): {
  fingerprint: string
  rows: number
} {
  const sum = createDigestSum()
  for (const { digest } of traces) sum.add(digest)
  for (const { digest } of memoryItems) sum.add(digest)
  return { fingerprint: sum.toString(), rows: traces.length + memoryItems.length }
}
