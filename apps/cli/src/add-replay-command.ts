import type { Command } from "commander"
import { type ReplayOptions, runReplay } from "./commands/replay-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { addTargetOptions } from "./inherit-options.ts"
import { machineTimezone, parseBatchSize, parseTimezone, parseWorkspace } from "./option-parsers.ts"

/** Adds `replay` to `pnpm migrate`. */
export function addReplayCommand(program: Command, { directory, signal, finish }: CommandContext) {
  addTargetOptions({ from: program, to: program.command("replay") })
    .summary("move rejected records after their repair")
    .description(
      "Move what an earlier run rejected, after its lines were repaired: under the same rules, with the same ids, verified. " +
        "What is still wrong goes to a new rejects file.",
    )
    .argument("<file>", "migration-rejects-….jsonl; repair what stands in content")
    .option("--workspace <id>", "as in the earlier run", parseWorkspace, "unassigned")
    .option("--source-timezone <zone>", "as in the earlier run", parseTimezone, machineTimezone())
    .option("--batch-size <rows>", "rows a transaction", parseBatchSize)
    .option("--dry-run", "do everything but write")
    .option("--overwrite", "replace rows that are there with other content")
    .option("--report <file>", "write the report as JSON")
    .option("--json", "print one JSON object a line")
    .option("-y, --yes", "apply the schema without asking")
    .allowExcessArguments(false)
    .action(async (file: string, options: ReplayOptions) => {
      finish(await runReplay({ file, options, directory, signal }))
    })
}
