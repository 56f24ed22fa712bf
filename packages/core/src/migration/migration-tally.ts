import type { Reject } from "../interpretation/reject.ts"
import type { RowKey, RowKind } from "../migration-target.ts"
import type { Conflict, RowCounts } from "./migration-report.ts"

type Outcome = "written" | "unchanged" | "conflicts" | "rejected"

/** Counts one outcome for every row, and remembers the rows a verification must leave out. */
export function createMigrationTally({ onReject }: { onReject: (reject: Reject) => void }) {
  const counts: Record<RowKind, RowCounts> = { trace: zero(), memory_item: zero() }
  const workspaces = new Map<string, { traces: number; memoryItems: number; written: number }>()
  const leftOut = new Set<string>()
  const rejects: Omit<Reject, "kind" | "content">[] = []
  const conflicts: Conflict[] = []
  const edited: string[] = []
  let recordsRead = 0
  let recordsRejected = 0

  return {
    counts,
    workspaces,
    rejects,
    conflicts,
    edited,
    addRecords({ read, rejected }: { read: number; rejected: number }) {
      recordsRead += read
      recordsRejected += rejected
    },
    records: () => ({ read: recordsRead, rejected: recordsRejected }),
    add({ kind, key, outcome }: { kind: RowKind; key: RowKey; outcome: Outcome }) {
      counts[kind].read++
      counts[kind][outcome]++
      if (outcome === "rejected") return
      const known = workspaces.get(key.workspaceId)
      const workspace = known ?? { traces: 0, memoryItems: 0, written: 0 }
      if (known === undefined) workspaces.set(key.workspaceId, workspace)
      if (kind === "trace") workspace.traces++
      else workspace.memoryItems++
      if (outcome === "written") workspace.written++
    },
    /** A row that was edited in the target while its source stayed the same. */
    addEdited: ({ id }: RowKey) => edited.push(id),
    addReject(reject: Reject) {
      const { sourceId, code, reason } = reject
      rejects.push({ sourceId, code, reason })
      onReject(reject)
      if (reject.kind === "record") return
      counts[reject.kind].read++
      counts[reject.kind].rejected++
    },
    leaveOut: (kind: RowKind, key: RowKey) => leftOut.add(keyText(kind, key)),
    isLeftOut: (kind: RowKind, key: RowKey) => leftOut.has(keyText(kind, key)),
  }
}

export type MigrationTally = ReturnType<typeof createMigrationTally>

function zero(): RowCounts {
  return { read: 0, written: 0, unchanged: 0, conflicts: 0, rejected: 0 }
}

function keyText(kind: RowKind, { workspaceId, id }: RowKey): string {
  return `${kind}\u0000${workspaceId}\u0000${id}`
}
