import { randomUUID } from "node:crypto"
import { expect } from "vitest"
import type { MemoryItem } from "../memory-item.ts"
import { differingFields } from "../migration/differing-fields.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { MigrationTarget, RowKey, TargetRow, WriteResult } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { aWriteRow } from "./sample-rows.ts"

/** Gives the target once it is there. */
export type GetTarget = () => MigrationTarget

export async function startedRun(target: MigrationTarget): Promise<string> {
  const id = randomUUID()
  await target.startRun({
    id,
    sourceIdentity: `identity-${id}`,
    sourceKind: "chroma-directory",
    sourceLocation: "/data/chroma",
    sourceTimezone: "Europe/Berlin",
    options: { overwrite: false, batch: 500n },
  })
  return id
}

export function keyOf({ workspaceId, id }: RowKey): RowKey {
  return { workspaceId, id }
}

/** Writes new rows in a run of their own. */
export async function writeNew({
  target,
  traces = [],
  memoryItems = [],
}: {
  target: MigrationTarget
  traces?: ReasoningTrace[]
  memoryItems?: MemoryItem[]
}): Promise<WriteResult & { runId: string }> {
  const runId = await startedRun(target)
  const result = await target.write({
    runId,
    traces: traces.map((row) => aWriteRow(row)),
    memoryItems: memoryItems.map((row) => aWriteRow(row)),
  })
  return { ...result, runId }
}

export async function readTrace(
  target: MigrationTarget,
  key: RowKey,
): Promise<TargetRow<ReasoningTrace> | undefined> {
  return (await target.readTraces([keyOf(key)])).at(0)
}

export async function readMemoryItem(
  target: MigrationTarget,
  key: RowKey,
): Promise<TargetRow<MemoryItem> | undefined> {
  return (await target.readMemoryItems([keyOf(key)])).at(0)
}

/** Equal in every field, in the bytes of the vectors, in its digest and in the digest it was migrated with. */
export function expectSame<Row extends ReasoningTrace | MemoryItem>(
  found: TargetRow<Row> | undefined,
  row: Row,
): void {
  if (found === undefined) throw new Error(`The row ${row.workspaceId}, ${row.id} was not found.`)
  expect(differingFields(found.row, row)).toEqual([])
  const digest = Buffer.from(rowDigest(row)).toString("hex")
  expect(Buffer.from(rowDigest(found.row)).toString("hex")).toBe(digest)
  expect(Buffer.from(found.migratedDigest ?? []).toString("hex")).toBe(digest)
}

/** Writes one memory item and reads it back. */
export async function roundTripMemoryItem(
  target: MigrationTarget,
  row: MemoryItem,
): Promise<MemoryItem> {
  const { skipped } = await writeNew({ target, memoryItems: [row] })
  expect(skipped).toEqual([])
  const found = await readMemoryItem(target, row)
  expectSame(found, row)
  return found?.row ?? row
}

/** Writes one trace and reads it back. */
export async function roundTripTrace(
  target: MigrationTarget,
  row: ReasoningTrace,
): Promise<ReasoningTrace> {
  const { skipped } = await writeNew({ target, traces: [row] })
  expect(skipped).toEqual([])
  const found = await readTrace(target, row)
  expectSame(found, row)
  return found?.row ?? row
}
