import type { MemoryItem } from "../memory-item.ts"
import type { MemorySource } from "../memory-source.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { Census } from "./census.ts"
import { createEmittedRows, type EmittedRows } from "./emitted-rows.ts"
import type { Reject } from "./reject.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import type { TracesFile } from "./traces-file.ts"
import { createWarningTally, type WarningTally } from "./warning-tally.ts"

/** What a source is read with. */
export type Interpretation = {
  source: MemorySource | null
  tracesFile: TracesFile | null
  census: Census
  /** Where rows go whose source names no workspace. */
  defaultWorkspaceId: string
  readTimestamp: TimestampReader
  /** Records a page. */
  pageSize: number
  /** Looks at each page before it is counted, and may take rows out; the same at every reading. */
  refinePage?: (page: InterpretedPage) => Promise<void>
  signal?: AbortSignal
}

/** What a page of the source became. Traces come before or with their first item. */
export type InterpretedPage = {
  /** Records and file entries this page stands for. */
  recordsRead: number
  /** Of these, the ones that gave a reject. */
  recordsRejected: number
  traces: ReasoningTrace[]
  memoryItems: MemoryItem[]
  rejects: Reject[]
}

export function emptyPage(): InterpretedPage {
  return { recordsRead: 0, recordsRejected: 0, traces: [], memoryItems: [], rejects: [] }
}

/** What one pass over a source remembers. */
export type InterpretationState = {
  traces: EmittedRows
  memoryItems: EmittedRows
  /** Indexes of `traces.json` that a legacy record was joined with. */
  usedFileEntries: Set<number>
  warnings: WarningTally
}

export function createInterpretationState(): InterpretationState {
  return {
    traces: createEmittedRows("trace"),
    memoryItems: createEmittedRows("memory_item"),
    usedFileEntries: new Set(),
    warnings: createWarningTally(),
  }
}
