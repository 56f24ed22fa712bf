import {
  listedRunsSchema,
  type MigrationJournal,
  rollbackPlanSchema,
  runDetailsSchema,
} from "@reasoningbank/core"
import { parseCleanBatches, parseRolledBackRows, parseRunStart } from "./journal-messages.ts"

/** Functions of the schema that take a request and give an answer, both as JSON text. */
export type JournalFunction =
  | "renew_migration_lease"
  | "list_migration_batches"
  | "read_migration_runs"
  | "list_rollback_obstacles"
  | "start_migration_rollback"
  | "roll_back_migration_rows"

/** The journal of a target, whichever way its functions are called. */
export function createJournal(
  call: (name: JournalFunction, request: string) => Promise<string>,
): MigrationJournal {
  const ask = (name: JournalFunction, request: object) => call(name, JSON.stringify(request))
  return {
    renewLease: async ({ runId, leaseToken, phase, progress }) => {
      await ask("renew_migration_lease", {
        run_id: runId,
        lease_token: leaseToken,
        phase,
        progress: progress && {
          done: progress.done,
          total: progress.total,
          rows: progress.rows,
          rows_per_second: progress.rowsPerSecond,
        },
      })
    },
    listCleanBatches: async (runId) =>
      parseCleanBatches(await ask("list_migration_batches", { run_id: runId })),
    listRuns: async () => listedRunsSchema.parse(JSON.parse(await ask("read_migration_runs", {}))),
    getRun: async (runId) => {
      const answer = await ask("read_migration_runs", { run_id: runId })
      return runDetailsSchema.parse(JSON.parse(answer)).at(0) ?? null
    },
    planRollback: async (runId) =>
      rollbackPlanSchema.parse(JSON.parse(await ask("list_rollback_obstacles", { run_id: runId }))),
    startRollback: async ({ runId, lease: { token, holder, takenOver } }) =>
      parseRunStart(
        await ask("start_migration_rollback", {
          run_id: runId,
          lease_token: token,
          lease_holder: { host: holder.host, pid: holder.pid, process_start: holder.processStart },
          taken_over: takenOver,
        }),
      ),
    rollBackRows: async ({ runId, leaseToken, rowLimit }) =>
      parseRolledBackRows(
        await ask("roll_back_migration_rows", {
          run_id: runId,
          lease_token: leaseToken,
          row_limit: rowLimit,
        }),
      ),
  }
}
