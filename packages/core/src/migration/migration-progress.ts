export type MigrationPhase = "census" | "copy" | "index" | "verify" | "extra" | "links" | "search"

export type MigrationProgress = {
  phase: MigrationPhase
  /** Records and file entries done in this phase. */
  done: number
  /** Null while it is being counted. */
  total: number | null
  /** Rows they became so far. */
  rows: number
}

export function createProgress(onProgress: ((progress: MigrationProgress) => void) | undefined) {
  const done = new Map<MigrationPhase, { records: number; rows: number }>()
  return {
    add({
      phase,
      records,
      rows,
      total = null,
    }: {
      phase: MigrationPhase
      records: number
      rows: number
      total?: number | null
    }): MigrationProgress {
      const sum = done.get(phase) ?? { records: 0, rows: 0 }
      sum.records += records
      sum.rows += rows
      done.set(phase, sum)
      const progress = { phase, done: sum.records, total, rows: sum.rows }
      onProgress?.(progress)
      return progress
    },
    /** For a phase whose state is looked up: rows of one index. */
    set({ phase, done, total }: { phase: MigrationPhase; done: number; total: number }) {
      onProgress?.({ phase, done, total, rows: done })
    },
  }
}
