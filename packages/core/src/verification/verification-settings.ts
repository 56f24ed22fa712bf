import type { Census } from "../interpretation/census.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { MemorySource } from "../memory-source.ts"
import type { MigrationProgress } from "../migration/migration-progress.ts"
import type { MigrationTarget } from "../migration-target.ts"
import type { VerificationTarget } from "../verification-target.ts"

export type VerificationSettings = {
  verificationId: string
  source: MemorySource | null
  tracesFile: TracesFile | null
  target: MigrationTarget
  verificationTarget: VerificationTarget
  /** What the caller had to accept about the target; it goes into the report. */
  targetWarnings?: Warning[]
  /** Names of the collections to compare; null for all that hold ReasoningBank data. */
  collectionNames: string[] | null
  /** Null for where the newest run put them. */
  defaultWorkspaceId: string | null
  /** IANA name; null for what the newest run read times in. */
  sourceTimezone: string | null
  /** Records a page read. */
  pageSize: number
  /** Vectors to search for. */
  sampleSize: number
  /** Nearest neighbours to ask for. */
  neighbours: number
  /** Which vectors are taken; the same number takes the same ones. */
  seed: number
  /** Begin anew in spite of a checkpoint. */
  restart: boolean
  onCensus?: (census: Census) => void
  /** A checkpoint of an interrupted verification was found. */
  onResume?: (resumed: { records: number; savedAt: string }) => void
  onCheckpoint?: (saved: { records: number }) => void
  onProgress?: (progress: MigrationProgress) => void
  signal?: AbortSignal
}
