import type { MemoryItem } from "../memory-item.ts"
import type { TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { asMigrated } from "./as-migrated.ts"
import { rowDigest } from "./row-digest.ts"

/**
 * - `write`: new, or changed in the source only.
 * - `written`: this very run has written it before.
 * - `unchanged`: the target has it already.
 * - `edited`: changed in the target only; its edit stays.
 * - `conflict`: changed on both sides, or never migrated from here.
 */
export type WriteDecision = "write" | "written" | "unchanged" | "edited" | "conflict"

/** What to do with a source row, given what stands under its key. */
export function decideWrite<Row extends ReasoningTrace | MemoryItem>({
  digest,
  existing,
  runId,
  overwrite,
}: {
  /** Digest of the source row. */
  digest: Uint8Array
  existing: TargetRow<Row> | null
  runId: string
  /** The source wins where both sides differ. */
  overwrite: boolean
}): WriteDecision {
  if (existing === null) return "write"
  const present = rowDigest(asMigrated(existing))
  if (isEqual(present, digest)) {
    return existing.migrationRunId === runId ? "written" : "unchanged"
  }
  const isUntouched = existing.migratedDigest !== null && isEqual(present, existing.migratedDigest)
  if (isUntouched || overwrite) return "write"
  const sourceIsSame = existing.migratedDigest !== null && isEqual(existing.migratedDigest, digest)
  return sourceIsSame ? "edited" : "conflict"
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
