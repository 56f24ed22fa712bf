import { isReasoningBankError, type ReasoningBankError } from "../errors.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { MigrationTarget, WriteRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { type DecidedRow, decideRows } from "./decide-rows.ts"
import type { MigrationTally } from "./migration-tally.ts"
import { rowContent } from "./row-content.ts"

export type BatchRows = {
  traces: { row: ReasoningTrace; digest: Uint8Array }[]
  memoryItems: { row: MemoryItem; digest: Uint8Array }[]
}

type BatchContext = {
  target: MigrationTarget
  tally: MigrationTally
  runId: string
  leaseToken: string | undefined
  journal: { fingerprint: string; rows: number }
  overwrite: boolean
  /** Decide and count, write nothing. */
  dryRun: boolean
}

const maximumAttempts = 3

/**
 * Gives every row of a batch its one outcome. Rows that somebody changed between the look and the
 * write are looked at again; a batch the database refuses is halved until the refused row stands alone.
 */
export async function writeBatch({ rows, ...context }: BatchContext & { rows: BatchRows }) {
  let remaining = rows
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    const decided = await decideRows({ rows: remaining, ...context })
    countSettled({ decided, tally: context.tally })
    const toWrite = {
      traces: decided.traces.filter(isToWrite),
      memoryItems: decided.memoryItems.filter(isToWrite),
    }
    if (toWrite.traces.length + toWrite.memoryItems.length === 0) return
    if (context.dryRun) return countWritten({ rows: toWrite, context })
    remaining = await writeOrHalve({ toWrite, context })
    if (remaining.traces.length + remaining.memoryItems.length === 0) return
  }
  countLost({ decided: await decideRows({ rows: remaining, ...context }), context })
}

function isToWrite({ decision }: { decision: string }): boolean {
  return decision === "write"
}

type DecidedBatch = {
  traces: DecidedRow<ReasoningTrace>[]
  memoryItems: DecidedRow<MemoryItem>[]
}

/** Returns the rows that were skipped because they changed meanwhile. */
async function writeOrHalve({
  toWrite,
  context,
}: {
  toWrite: DecidedBatch
  context: BatchContext
}): Promise<BatchRows> {
  try {
    const { skipped } = await context.target.write({
      runId: context.runId,
      leaseToken: context.leaseToken,
      journal: context.journal,
      traces: toWrite.traces.map(asWriteRow),
      memoryItems: toWrite.memoryItems.map(asWriteRow),
    })
    const isSkipped = (kind: string, { row }: DecidedRow<ReasoningTrace | MemoryItem>) =>
      skipped.some(
        (left) =>
          left.kind === kind && left.key.id === row.id && left.key.workspaceId === row.workspaceId,
      )
    const again = {
      traces: toWrite.traces.filter((row) => isSkipped("trace", row)),
      memoryItems: toWrite.memoryItems.filter((row) => isSkipped("memory_item", row)),
    }
    const written = {
      traces: toWrite.traces.filter((row) => !again.traces.includes(row)),
      memoryItems: toWrite.memoryItems.filter((row) => !again.memoryItems.includes(row)),
    }
    countWritten({ rows: written, context })
    return again
  } catch (error) {
    if (!isReasoningBankError(error) || error.code !== "target:row_refused") throw error
    return halve({ toWrite, context, error })
  }
}

async function halve({
  toWrite,
  context,
  error,
}: {
  toWrite: DecidedBatch
  context: BatchContext
  error: ReasoningBankError
}): Promise<BatchRows> {
  const { traces, memoryItems } = toWrite
  const count = traces.length + memoryItems.length
  if (count === 1) {
    rejectRow({ toWrite, context, error })
    return { traces: [], memoryItems: [] }
  }
  const middle = Math.ceil(count / 2)
  const first = {
    traces: traces.slice(0, middle),
    memoryItems: memoryItems.slice(0, Math.max(0, middle - traces.length)),
  }
  const second = {
    traces: traces.slice(first.traces.length),
    memoryItems: memoryItems.slice(first.memoryItems.length),
  }
  const left = await writeOrHalve({ toWrite: first, context })
  const right = await writeOrHalve({ toWrite: second, context })
  return {
    traces: [...left.traces, ...right.traces],
    memoryItems: [...left.memoryItems, ...right.memoryItems],
  }
}

function rejectRow({
  toWrite,
  context,
  error,
}: {
  toWrite: DecidedBatch
  context: BatchContext
  error: ReasoningBankError
}) {
  const reason = error.message
  for (const { row } of toWrite.traces) refuseRow({ kind: "trace", row, reason, context })
  for (const { row } of toWrite.memoryItems)
    refuseRow({ kind: "memory_item", row, reason, context })
}

function refuseRow({
  kind,
  row,
  reason,
  context: { tally },
}: {
  kind: "trace" | "memory_item"
  row: ReasoningTrace | MemoryItem
  reason: string
  context: BatchContext
}) {
  tally.leaveOut(kind, row)
  const sourceId = row.sourceId ?? row.id
  tally.addReject({ kind, sourceId, code: "refused_by_target", reason, content: rowContent(row) })
}

function asWriteRow<Row extends ReasoningTrace | MemoryItem>({
  row,
  digest,
  existing,
}: DecidedRow<Row>): WriteRow<Row> {
  return { row, digest, expectedVersion: existing?.version ?? null }
}

/** Counts every row as written by this run. */
export function countAllWritten({ rows, tally }: { rows: BatchRows; tally: MigrationTally }) {
  for (const { row } of rows.traces) tally.add({ kind: "trace", key: row, outcome: "written" })
  for (const { row } of rows.memoryItems) {
    tally.add({ kind: "memory_item", key: row, outcome: "written" })
  }
}

function countWritten({ rows, context }: { rows: DecidedBatch; context: BatchContext }) {
  countAllWritten({ rows, tally: context.tally })
}

function countSettled({ decided, tally }: { decided: DecidedBatch; tally: MigrationTally }) {
  for (const row of decided.traces) countOne({ kind: "trace", row, tally })
  for (const row of decided.memoryItems) countOne({ kind: "memory_item", row, tally })
}

function countOne({
  kind,
  row: { row, decision, fields },
  tally,
}: {
  kind: "trace" | "memory_item"
  row: DecidedRow<ReasoningTrace | MemoryItem>
  tally: MigrationTally
}) {
  if (decision === "write") return
  if (decision === "written") return tally.add({ kind, key: row, outcome: "written" })
  if (decision === "unchanged") return tally.add({ kind, key: row, outcome: "unchanged" })
  tally.leaveOut(kind, row)
  if (decision === "edited") {
    tally.addEdited(row)
    return tally.add({ kind, key: row, outcome: "unchanged" })
  }
  tally.add({ kind, key: row, outcome: "conflicts" })
  tally.conflicts.push({
    kind,
    workspace_id: row.workspaceId,
    id: row.id,
    source_id: row.sourceId,
    fields,
  })
}

/** Rows that kept changing under every attempt: their owner's version stays, if there is one. */
function countLost({ decided, context }: { decided: DecidedBatch; context: BatchContext }) {
  const reason =
    "the database took it without an error, and does not have it: a trigger may drop it"
  for (const row of decided.traces) settleLost({ kind: "trace", row, reason, context })
  for (const row of decided.memoryItems) settleLost({ kind: "memory_item", row, reason, context })
}

function settleLost({
  kind,
  row,
  reason,
  context,
}: {
  kind: "trace" | "memory_item"
  row: DecidedRow<ReasoningTrace | MemoryItem>
  reason: string
  context: BatchContext
}) {
  if (row.existing === null) return refuseRow({ kind, row: row.row, reason, context })
  const fields = ["changed while it was written"]
  const settled = row.decision === "write" ? { ...row, decision: "conflict" as const, fields } : row
  countOne({ kind, row: settled, tally: context.tally })
}
