import type { RowKey, RowKind } from "./migration-target.ts"

/** What the target knows of a source that was migrated into it. */
export type MigratedSource = {
  /** The newest first; empty when it was never migrated here. */
  runs: { id: string; status: string; startedAt: string }[]
  /** IANA name the newest run read times without a zone in. */
  sourceTimezone: string | null
  /** Where the newest run put records that name no workspace. */
  defaultWorkspaceId: string | null
  /** Source ids of the rows the database refused in the last finished run. */
  refusedSourceIds: string[]
}

/** A row that any run of the source wrote. */
export type MigratedRowKey = RowKey & { traceIsMissing: boolean }

/** Why a row may differ from what was migrated. */
export type RowExplanation = RowKey & {
  /** UTC with microseconds; null when the row is not there. */
  updatedAt: string | null
  /** It was written to after the migration wrote it, with the triggers on. */
  wasWrittenSince: boolean
  /** It was put away by the retention. */
  isArchived: boolean
}

export type OpenLink = {
  childKind: RowKind
  childId: string
  relation: string
  targetKind: RowKind
  targetId: string
  childIsMissing: boolean
  targetIsMissing: boolean
}

export type Neighbour = {
  id: string
  /** Cosine distance. */
  distance: number
}

/** The same question answered in three ways. */
export type NearestAnswers = {
  /** By comparing every vector of the workspace. */
  exact: Neighbour[]
  /** As a search of the product finds them. */
  found: Neighbour[]
  /** Of the nearest of all workspaces, how many there are and how many the index finds; null without an index. */
  index: { asked: number; found: number } | null
}

/** Where an interrupted verification goes on; opaque to the target. */
export type StartedVerification = { id: string; checkpoint: string | null }

/**
 * Port: what a verification asks of a target beside the rows themselves, through functions that share nothing with the
 * write path. Only the first three write anything: the verification's own checkpoint.
 */
export type VerificationTarget = {
  startVerification(verification: {
    id: string
    sourceIdentity: string
    binding: string
    restart: boolean
  }): Promise<StartedVerification>
  saveCheckpoint(verification: { id: string; checkpoint: string }): Promise<void>
  finishVerification(verification: { id: string; status: string; report: object }): Promise<void>
  describeMigratedSource(sourceIdentity: string): Promise<MigratedSource>
  /** In the order of the primary key, after `after`; empty at the end. */
  listMigratedRows(page: {
    sourceIdentity: string
    kind: RowKind
    after: RowKey | null
  }): Promise<MigratedRowKey[]>
  /** A page of the links of a workspace: how many were looked at, and those of which an end is not there. */
  listOpenLinks(page: {
    workspaceId: string
    after: unknown
  }): Promise<{ links: number; next: unknown; open: OpenLink[] }>
  explainChangedRows(changed: {
    kind: RowKind
    keys: (RowKey & { traceId: string | null })[]
  }): Promise<RowExplanation[]>
  /** Counts the rows of a workspace anew and compares the kept counts with that. */
  compareStatistics(
    workspaceId: string,
  ): Promise<{ compared: number; wrong: number; examples: string[] }>
  compareNearest(query: {
    kind: RowKind
    workspaceId: string
    model: string
    vector: Float32Array
    matchCount: number
  }): Promise<NearestAnswers>
}
