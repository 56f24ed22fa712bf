import type { MemoryItem } from "../memory-item.ts"
import { asMigrated } from "../migration/as-migrated.ts"
import type { createDigestSum } from "../migration/digest-sum.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { MigrationTarget, RowKey, RowKind, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { RowExplanation, VerificationTarget } from "../verification-target.ts"
import { classifyChange } from "./classify-change.ts"
import { differencesOfRows } from "./compare-rows.ts"
import type { DigestedRow } from "./compare-source.ts"
import type { VerificationTally } from "./verification-tally.ts"

type FoundRow = TargetRow<ReasoningTrace | MemoryItem>

type Pending = DigestedRow & {
  fields: string[]
  found: FoundRow | undefined
  /** SHA-256 of what stands in the target. */
  foundDigest: Uint8Array | null
}

type PageComparison = {
  rows: DigestedRow[]
  target: MigrationTarget
  verificationTarget: VerificationTarget
  refusedSourceIds: ReadonlySet<string>
  tally: VerificationTally
  targetDigest: ReturnType<typeof createDigestSum>
}

/** Reads the rows of a page back, compares each, and asks for the reason where one is not equal. */
export async function compareRowsOfPage({ rows, ...comparison }: PageComparison): Promise<void> {
  const { target } = comparison
  for (const kind of ["trace", "memory_item"] as const) {
    const ofKind = rows.filter((row) => row.kind === kind)
    if (ofKind.length === 0) continue
    const keys = ofKind.map(({ row: { workspaceId, id } }) => ({ workspaceId, id }))
    const found = await (kind === "trace" ? target.readTraces(keys) : target.readMemoryItems(keys))
    await compareKind({ kind, rows: ofKind, found, ...comparison })
  }
}

async function compareKind({
  kind,
  rows,
  found,
  ...comparison
}: PageComparison & { kind: RowKind; found: FoundRow[] }) {
  const { tally, targetDigest, verificationTarget } = comparison
  const byKey = new Map(found.map((row) => [keyText(row.row), row]))
  const pending: Pending[] = []
  for (const digested of rows) {
    const found = byKey.get(keyText(digested.row))
    if (found === undefined) {
      pending.push({ ...digested, found, fields: [], foundDigest: null })
      continue
    }
    const row = asMigrated(found)
    const foundDigest = rowDigest(row)
    targetDigest.add(foundDigest)
    const fields = differencesOfRows(digested.row, row)
    const isEqual = fields.length === 0 && isSame(digested.digest, foundDigest)
    if (!isEqual) {
      pending.push({
        ...digested,
        found,
        fields: fields.length > 0 ? fields : ["digest"],
        foundDigest,
      })
      continue
    }
    if (row !== found.row) tally.state.counts[kind].embedded_since++
    tally.add({ kind, workspaceId: row.workspaceId, outcome: "equal" })
  }
  if (pending.length === 0) return
  const keys = pending.map(({ row }) => ({
    workspaceId: row.workspaceId,
    id: row.id,
    traceId: "traceId" in row ? row.traceId : null,
  }))
  const explanations = await verificationTarget.explainChangedRows({ kind, keys })
  const explained = new Map(explanations.map((explanation) => [keyText(explanation), explanation]))
  for (const row of pending)
    settle({ row, explanation: explained.get(keyText(row.row)), ...comparison })
}

function settle({
  row: { kind, row, digest, fields, found, foundDigest },
  explanation,
  tally,
  refusedSourceIds,
}: Pick<PageComparison, "tally" | "refusedSourceIds"> & {
  row: Pending
  explanation: RowExplanation | undefined
}) {
  const { workspaceId, id, sourceId } = row
  const named = {
    kind,
    workspace_id: workspaceId,
    id,
    source_id: sourceId,
    fields,
    updated_at: explanation?.updatedAt ?? null,
  }
  if (found === undefined) {
    if (refusedSourceIds.has(sourceId ?? id)) {
      return tally.add({ kind, workspaceId, outcome: "refused" })
    }
    if (explanation?.isArchived) {
      tally.addEdit({ ...named, change: "archived" })
      return tally.add({ kind, workspaceId, outcome: "edited" })
    }
    tally.addDifference({ ...named, problem: "missing" })
    return tally.add({ kind, workspaceId, outcome: "missing" })
  }
  const migrated = found.migratedDigest
  const change = classifyChange({
    kind,
    fields,
    wasWrittenSince: explanation?.wasWrittenSince ?? false,
    isAsMigrated: migrated !== null && foundDigest !== null && isSame(migrated, foundDigest),
    sourceIsAsMigrated: migrated === null ? null : isSame(migrated, digest),
  })
  if (change === "edited" || change === "conflict") {
    tally.addEdit({ ...named, change })
    return tally.add({ kind, workspaceId, outcome: change === "edited" ? "edited" : "conflicts" })
  }
  tally.addDifference({ ...named, problem: change })
  tally.add({ kind, workspaceId, outcome: "different" })
}

function keyText({ workspaceId, id }: RowKey): string {
  return `${workspaceId}\u0000${id}`
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
