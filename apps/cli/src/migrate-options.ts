import type { SourceOptions } from "./open-source.ts"
import type { TargetOptions } from "./open-target.ts"

/** The options of `pnpm migrate`, as parsed. */
export type MigrateOptions = SourceOptions &
  TargetOptions & {
    collection?: string[] | undefined
    workspace: string
    sourceTimezone: string
    batchSize?: number | undefined
    dryRun?: boolean | undefined
    restart?: boolean | undefined
    overwrite?: boolean | undefined
    yes?: boolean | undefined
    json?: boolean | undefined
    report?: string | undefined
    html?: string | undefined
    /** False for `--no-backup`. */
    backup: boolean
    backupDir?: string | undefined
  }
