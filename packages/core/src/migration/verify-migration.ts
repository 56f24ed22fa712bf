import { interpretSource } from "../interpretation/interpret-source.ts"
import type { Interpretation, InterpretationState } from "../interpretation/interpretation.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { MigrationTarget, RowKey, RowKind, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { asMigrated } from "./as-migrated.ts"
import { differingFields } from "./differing-fields.ts"
import { createDigestSum } from "./digest-sum.ts"
import type { Difference, Verification } from "./migration-report.ts"
import type { MigrationTally } from "./migration-tally.ts"
import { readAhead } from "./read-ahead.ts"
import { rowDigest } from "./row-digest.ts"

/**
 * Reads the source a second time and every row back from the target, and compares them field by field
 * and vector byte by vector byte. Rows the run left alone (conflicts, edits, rejects) are left out of
 * both digests. Nothing of the write path is used.
 */
export async function verifyMigration({
  interpretation,
  target,
  tally,
  runId,
  onProgress,
}: {
  interpretation: Interpretation & { state: InterpretationState }
  target: MigrationTarget
  tally: MigrationTally
  runId: string
  onProgress?: (progress: { records: number; rows: number }) => void
}): Promise<Verification> {
  const comparison = createComparison(tally)
  for await (const page of readAhead(interpretSource(interpretation))) {
    interpretation.signal?.throwIfAborted()
    comparison.compare("trace", page.traces, await target.readTraces(keysOf(page.traces)))
    comparison.compare(
      "memory_item",
      page.memoryItems,
      await target.readMemoryItems(keysOf(page.memoryItems)),
    )
    onProgress?.({
      records: page.recordsRead,
      rows: page.traces.length + page.memoryItems.length,
    })
  }
  comparison.compareCounts(await target.countRows(runId))
  return comparison.result()
}

function keysOf(rows: RowKey[]): RowKey[] {
  return rows.map(({ workspaceId, id }) => ({ workspaceId, id }))
}

function createComparison(tally: MigrationTally) {
  const compared: Record<RowKind, number> = { trace: 0, memory_item: 0 }
  const differences: Difference[] = []
  const [sourceDigest, targetDigest] = [createDigestSum(), createDigestSum()]
  let vectors = 0

  const compareOne = <Row extends ReasoningTrace | MemoryItem>(
    kind: RowKind,
    row: Row,
    found: TargetRow<Row> | undefined,
  ) => {
    const digest = rowDigest(row)
    sourceDigest.add(digest)
    compared[kind]++
    if (row.embedding.vector !== null || row.embedding.sourceVector !== null) vectors++
    const difference = {
      kind,
      workspace_id: row.workspaceId,
      id: row.id,
      source_id: row.sourceId,
    }
    if (found === undefined) {
      differences.push({ ...difference, problem: "missing", fields: [] })
      return
    }
    const foundRow = asMigrated(found)
    const foundDigest = rowDigest(foundRow)
    targetDigest.add(foundDigest)
    if (Buffer.compare(digest, foundDigest) === 0) return
    differences.push({
      ...difference,
      problem: "different",
      fields: differingFields(row, foundRow),
    })
  }

  return {
    compare<Row extends ReasoningTrace | MemoryItem>(
      kind: RowKind,
      rows: Row[],
      found: TargetRow<Row>[],
    ) {
      const keyOf = ({ workspaceId, id }: RowKey) => `${workspaceId}\u0000${id}`
      const byKey = new Map(found.map((target) => [keyOf(target.row), target]))
      for (const row of rows) {
        if (!tally.isLeftOut(kind, row)) compareOne(kind, row, byKey.get(keyOf(row)))
      }
    },

    /** The database's own count of this run's rows, so that a row nobody asked for shows too. */
    compareCounts(counts: { workspaceId: string; traces: number; memoryItems: number }[]) {
      const counted = new Map(
        counts.map(({ workspaceId, traces, memoryItems }) => [workspaceId, traces + memoryItems]),
      )
      for (const [workspaceId, { written }] of tally.workspaces) {
        const found = counted.get(workspaceId) ?? 0
        counted.delete(workspaceId)
        if (found !== written) differences.push(countDifference({ workspaceId, written, found }))
      }
      for (const [workspaceId, found] of counted) {
        differences.push(countDifference({ workspaceId, written: 0, found }))
      }
    },

    result: (): Verification => ({
      traces_compared: compared.trace,
      memory_items_compared: compared.memory_item,
      vectors_compared: vectors,
      differences,
      source_digest: sourceDigest.toString(),
      target_digest: targetDigest.toString(),
    }),
  }
}

function countDifference({
  workspaceId,
  written,
  found,
}: {
  workspaceId: string
  written: number
  found: number
}): Difference {
  return {
    kind: "workspace",
    workspace_id: workspaceId,
    id: null,
    source_id: null,
    problem: "count",
    fields: [`${written} rows were written, the target counts ${found}`],
  }
}
