import type { MemoryItem } from "../memory-item.ts"
import type { MigrationTarget, RowKey, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { asMigrated } from "./as-migrated.ts"
import { decideWrite, type WriteDecision } from "./decide-write.ts"
import { differingFields } from "./differing-fields.ts"

export type DecidedRow<Row> = {
  row: Row
  digest: Uint8Array
  existing: TargetRow<Row> | null
  decision: WriteDecision
  /** Names of the fields in conflict. */
  fields: string[]
}

type Digested<Row> = { row: Row; digest: Uint8Array }

/** Looks up what stands under the keys of a batch and decides row by row. */
export async function decideRows({
  rows,
  target,
  runId,
  overwrite,
}: {
  rows: { traces: Digested<ReasoningTrace>[]; memoryItems: Digested<MemoryItem>[] }
  target: MigrationTarget
  runId: string
  overwrite: boolean
}) {
  const keysOf = (digested: Digested<RowKey>[]) =>
    digested.map(({ row: { workspaceId, id } }) => ({ workspaceId, id }))
  const [traces, memoryItems] = [
    await target.readTraces(keysOf(rows.traces)),
    await target.readMemoryItems(keysOf(rows.memoryItems)),
  ]
  return {
    traces: decide({ rows: rows.traces, existing: traces, runId, overwrite }),
    memoryItems: decide({ rows: rows.memoryItems, existing: memoryItems, runId, overwrite }),
  }
}

function decide<Row extends ReasoningTrace | MemoryItem>({
  rows,
  existing,
  runId,
  overwrite,
}: {
  rows: Digested<Row>[]
  existing: TargetRow<Row>[]
  runId: string
  overwrite: boolean
}): DecidedRow<Row>[] {
  const keyOf = ({ workspaceId, id }: RowKey) => `${workspaceId}\u0000${id}`
  const byKey = new Map(existing.map((found) => [keyOf(found.row), found]))
  return rows.map(({ row, digest }) => {
    const found = byKey.get(keyOf(row)) ?? null
    const decision = decideWrite({ digest, existing: found, runId, overwrite })
    const fields =
      decision === "conflict" && found !== null ? differingFields(row, asMigrated(found)) : []
    return { row, digest, existing: found, decision, fields }
  })
}
