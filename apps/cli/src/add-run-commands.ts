import type { Command } from "commander"
import { type RollbackOptions, runRollback } from "./commands/rollback-command.ts"
import { type RunsOptions, runRuns } from "./commands/runs-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { addTargetOptions } from "./inherit-options.ts"

/** Adds `runs` and `rollback` to `pnpm migrate`. */
export function addRunCommands(program: Command, { directory, signal, finish }: CommandContext) {
  addTargetOptions({ from: program, to: program.command("runs") })
    .summary("list the migration runs, or tell all about one")
    .description("List the migration runs of the target, or tell all about one.")
    .argument("[run]", "id of a run, or how it begins")
    .option("--json", "print JSON")
    .allowExcessArguments(false)
    .action(async (run: string | undefined, options: RunsOptions) => {
      finish(await runRuns({ run, options, directory }))
    })

  addTargetOptions({ from: program, to: program.command("rollback") })
    .summary("undo a run")
    .description(
      "Undo a run: what it inserted goes, what it updated is again as it was before. Refuses where somebody has " +
        "built on it since. Cut short, the same command goes on.",
    )
    .argument("<run>", "id of a run, or how it begins")
    .option("--dry-run", "say what would be done, and change nothing")
    .option("--force", "also where somebody has built on it: that goes too")
    .option("-y, --yes", "do it without asking")
    .option("--json", "print JSON")
    .allowExcessArguments(false)
    .action(async (run: string, options: RollbackOptions) => {
      finish(await runRollback({ run, options, directory, signal }))
    })
}
