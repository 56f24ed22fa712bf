import type { MigrationLog } from "./migration-log.ts"

/** Notes why a command failed. A log that can not be written, on a full disk say, must not hide that reason. */
export function logFailure({ log, error }: { log: MigrationLog; error: unknown }): void {
  try {
    log.error({ error: describeError(error) }, "failed")
  } catch {
    // The caller still raises the error itself.
  }
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  return { name: error.name, message: error.message, stack: error.stack }
}
