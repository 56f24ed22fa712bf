import { ReasoningBankError } from "../errors.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import type { MigrationTarget, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { RowLister } from "../row-lister.ts"
import { exportableRow } from "./exported-row.ts"

/** A trace and its items; without a trace, items that have none. */
export type ExportedGroup = { trace: ReasoningTrace | null; memoryItems: MemoryItem[] }

/** Records by collection; a collection is named by what follows the name of the bank's first one. */
export type ExportedRecord = { suffix: string; record: SourceRecord }

export type ExportProgress = { workspaces: number; traces: number; memoryItems: number }

type ListedItem = Awaited<ReturnType<RowLister["listMemoryItems"]>>[number]

const tracesPerPage = 100

/**
 * Reads every row of the given workspaces (null: of all), trace by trace with its items in their order, and gives
 * them away as records. Rows that are written meanwhile may or may not be among them.
 */
export async function exportMemories({
  target,
  lister,
  workspaceIds,
  encode,
  write,
  onProgress,
  signal,
}: {
  target: Pick<MigrationTarget, "readTraces" | "readMemoryItems">
  lister: RowLister
  workspaceIds: string[] | null
  encode: (groups: ExportedGroup[]) => Promise<ExportedRecord[]>
  write: (records: ExportedRecord[]) => Promise<void>
  onProgress?: ((progress: ExportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}): Promise<ExportProgress> {
  const done = { workspaces: 0, traces: 0, memoryItems: 0 }
  const chosen = workspaceIds ?? (await listAll((after) => lister.listWorkspaces(after)))
  for (const workspaceId of chosen) {
    for await (const groups of readGroups({ target, lister, workspaceId })) {
      signal?.throwIfAborted()
      await write(await encode(groups))
      for (const { trace, memoryItems } of groups) {
        if (trace !== null) done.traces++
        done.memoryItems += memoryItems.length
      }
      onProgress?.({ ...done })
    }
    done.workspaces++
  }
  return done
}

async function* readGroups({
  target,
  lister,
  workspaceId,
}: {
  target: Pick<MigrationTarget, "readTraces" | "readMemoryItems">
  lister: RowLister
  workspaceId: string
}): AsyncGenerator<ExportedGroup[]> {
  const readItems = async (ids: string[]) =>
    (await target.readMemoryItems(ids.map((id) => ({ workspaceId, id })))).map(rowOf)
  let after: string | null = null
  for (;;) {
    const listed: string[] = await lister.listTraceIds({ workspaceId, after })
    if (listed.length === 0) break
    after = listed.at(-1) ?? null
    for (let start = 0; start < listed.length; start += tracesPerPage) {
      const traceIds = listed.slice(start, start + tracesPerPage)
      const rows = await target.readTraces(traceIds.map((id) => ({ workspaceId, id })))
      const items = await listAll<ListedItem>((last) =>
        lister.listMemoryItems({ workspaceId, traceIds, after: last?.id ?? null }),
      )
      const memoryItems = await readItems(items.map(({ id }) => id))
      yield groupByTrace({ traces: rows.map(rowOf), memoryItems })
    }
  }
  let last: string | null = null
  for (;;) {
    const listed = await lister.listMemoryItems({ workspaceId, traceIds: null, after: last })
    if (listed.length === 0) return
    last = listed.at(-1)?.id ?? null
    const memoryItems = await readItems(listed.map(({ id }) => id))
    yield memoryItems.map((item) => ({ trace: null, memoryItems: [item] }))
  }
}

function rowOf<Row extends ReasoningTrace | MemoryItem>({ row }: TargetRow<Row>): Row {
  return exportableRow(row)
}

function groupByTrace({
  traces,
  memoryItems,
}: {
  traces: ReasoningTrace[]
  memoryItems: MemoryItem[]
}): ExportedGroup[] {
  const groups = new Map(
    traces.map((trace) => [trace.id, { trace, memoryItems: [] as MemoryItem[] }]),
  )
  for (const item of memoryItems) {
    const group = groups.get(item.traceId ?? "")
    if (group === undefined) throw changed(item)
    group.memoryItems.push(item)
  }
  for (const group of groups.values()) {
    group.memoryItems.sort((a, b) => a.ordinal - b.ordinal || (a.id < b.id ? -1 : 1))
  }
  return [...groups.values()].sort((a, b) => (a.trace.id < b.trace.id ? -1 : 1))
}

/** Every page of a list. */
async function listAll<Item>(page: (after: Item | null) => Promise<Item[]>): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const items = await page(all.at(-1) ?? null)
    if (items.length === 0) return all
    all.push(...items)
  }
}

function changed({ workspaceId, id }: MemoryItem): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:busy",
    message: `The memory item ${id} of workspace ${workspaceId} got another trace while it was exported.`,
    hint: "Run it again when nobody writes to the target.",
  })
}
