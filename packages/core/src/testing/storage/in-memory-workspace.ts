import { rowId } from "../../interpretation/row-id.ts"
import { modelMismatch } from "../../storage/embed-texts.ts"
import type { NamedVector } from "../../storage/named-vector.ts"
import type { PreparedMemoryItem, PreparedTrace } from "../../storage/prepare-trace.ts"
import { readSnapshot } from "../../storage/read-snapshot.ts"
import { conflict } from "../../storage/refusals.ts"
import type { Retrieval } from "../../storage/retrieval.ts"
import type { StoredMemoryItem, TraceSummary } from "../../storage/stored-rows.ts"

export type InMemoryWorkspace = ReturnType<typeof createInMemoryWorkspace>

const traceKey = (id: string) => rowId({ kind: "trace", sourceId: id }).id
const memoryKey = (id: string) => rowId({ kind: "memory_item", sourceId: id }).id

/** The rows of one workspace; what is given out is a copy. */
export function createInMemoryWorkspace(workspaceId: string) {
  const traces = new Map<string, Omit<PreparedTrace, "memoryItems">>()
  const memories = new Map<string, PreparedMemoryItem>()
  const retrievals = new Map<string, Retrieval>()

  function present({ memory }: PreparedMemoryItem): StoredMemoryItem {
    const trace = traces.get(traceKey(memory.traceId ?? ""))?.trace
    return structuredClone({
      ...memory,
      traceTask: trace?.task ?? null,
      traceOutcome: trace?.outcome ?? null,
      traceCreatedAt: trace?.createdAt ?? null,
    })
  }

  function itemsOf(id: string): StoredMemoryItem[] {
    return [...memories.values()]
      .filter(({ memory }) => memory.traceId === id)
      .map(present)
      .sort((first, second) => first.ordinal - second.ordinal)
  }

  function summaries(): TraceSummary[] {
    return [...traces.values()].map(({ trace }) => {
      const { trajectory: _, ...fields } = structuredClone(trace)
      return { ...fields, memoryItemCount: itemsOf(trace.id).length }
    })
  }

  function assertModel(embeddings: readonly (NamedVector | null)[]): void {
    const rows = [...traces.values(), ...memories.values()]
    const stored = rows.find(({ embedding }) => embedding !== null)?.embedding?.model
    const given = embeddings.find((embedding) => embedding !== null)?.model
    if (stored !== undefined && given !== undefined && stored !== given) {
      throw modelMismatch({ given, stored, workspaceId })
    }
  }

  return {
    retrievals,
    assertModel,
    insert({ memoryItems, ...row }: PreparedTrace): "added" | "unchanged" {
      const known = traces.get(traceKey(row.trace.id))
      if (known?.contentDigest === row.contentDigest) return "unchanged"
      if (known !== undefined) throw conflict({ kind: "trace", id: row.trace.id })
      const keys = memoryItems.map(({ memory }) => memoryKey(memory.id))
      for (const [at, { memory }] of memoryItems.entries()) {
        const key = memoryKey(memory.id)
        if (memories.has(key) || keys.indexOf(key) !== at) {
          throw conflict({ kind: "memory item", id: memory.id })
        }
      }
      assertModel([row.embedding, ...memoryItems.map(({ embedding }) => embedding)])
      traces.set(traceKey(row.trace.id), structuredClone(row))
      for (const item of memoryItems) memories.set(memoryKey(item.memory.id), structuredClone(item))
      return "added"
    },
    trace: (id: string) => structuredClone(traces.get(traceKey(id))?.trace ?? null),
    itemsOf,
    memory(id: string): StoredMemoryItem | null {
      const row = memories.get(memoryKey(id))
      return row === undefined ? null : present(row)
    },
    vectorOf: {
      trace: (id: string) => traces.get(traceKey(id))?.embedding?.vector ?? null,
      memory: (id: string) => memories.get(memoryKey(id))?.embedding?.vector ?? null,
    },
    change(id: string, change: (row: PreparedMemoryItem) => PreparedMemoryItem) {
      const row = memories.get(memoryKey(id))
      if (row === undefined) return null
      const changed = structuredClone(change(row))
      memories.set(memoryKey(id), changed)
      return present(changed)
    },
    deleteMemory: (id: string) => memories.delete(memoryKey(id)),
    deleteTraces(ids: readonly string[]): void {
      for (const id of ids) {
        for (const item of itemsOf(id)) memories.delete(memoryKey(item.id))
        traces.delete(traceKey(id))
      }
    },
    read: () =>
      readSnapshot({ traces: summaries(), memories: [...memories.values()].map(present) }),
    size: () => ({ traces: traces.size, memories: memories.size }),
  }
}
