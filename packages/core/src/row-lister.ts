/** How the rows of a source were read when they were migrated. */
export type SourceReading = {
  /** IANA name. */
  sourceTimezone: string
  defaultWorkspaceId: string
}

/** Port: which rows a target holds, a page at a time along a key, so that no limit of rows cuts anything. */
export type RowLister = {
  /** Ids after `after`, in their order; empty at the end. */
  listWorkspaces(after: string | null): Promise<string[]>
  listTraceIds(page: { workspaceId: string; after: string | null }): Promise<string[]>
  /** Items of these traces, or (null) those without a trace; by id. */
  listMemoryItems(page: {
    workspaceId: string
    traceIds: string[] | null
    after: string | null
  }): Promise<{ id: string; traceId: string | null; ordinal: number }[]>
  /** Of the newest migration; null when there was none. */
  findLatestReading(): Promise<SourceReading | null>
}
