import type { Census } from "../interpretation/census.ts"
import type { Interpretation } from "../interpretation/interpretation.ts"
import type { Reject } from "../interpretation/reject.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { MemorySource } from "../memory-source.ts"
import type { HeldRun } from "../migration-journal.ts"
import type { MigrationTarget } from "../migration-target.ts"
import type { MigrationProgress } from "./migration-progress.ts"
import type { MigrationReport } from "./migration-report.ts"

export type MigrationSettings = {
  /** Of a new run. */
  runId: string
  source: MemorySource | null
  tracesFile: TracesFile | null
  target: MigrationTarget
  /** What the caller had to accept about the target; it goes into the report. */
  targetWarnings?: Warning[]
  /** Names of the collections to move; null for all that hold ReasoningBank data. */
  collectionNames: string[] | null
  /** Where rows go whose source names no workspace. */
  defaultWorkspaceId: string
  /** IANA name. */
  sourceTimezone: string
  /** Rows a transaction, about. */
  batchSize: number
  /** Records a page read. @default 250 */
  pageSize?: number
  /** The source wins over rows that were edited in the target. */
  overwrite: boolean
  /** Everything but the writing and the verification. */
  dryRun: boolean
  /** As of an interpretation. */
  refinePage?: NonNullable<Interpretation["refinePage"]>
  /** Begin a new run even where one was cut short. */
  restart?: boolean
  /** Another process seems to be at this source; it is waited for. */
  onWaiting?: (held: HeldRun) => void
  /** Once it is recorded: the run has this id, which is an earlier one's when that was cut short. */
  onRun?: (run: { runId: string; isResumed: boolean }) => void
  onCensus?: (census: Census) => void
  /** Awaited once the source is accepted and before the first write; not at all when nothing is written. */
  beforeWriting?: () => Promise<void>
  onProgress?: (progress: MigrationProgress) => void
  onReject?: (reject: Reject) => void
  /** The report of a run that is about to raise its error. */
  onFailure?: (report: MigrationReport) => void
  signal?: AbortSignal
}
