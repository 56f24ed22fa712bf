import type { Command } from "commander"
import { runUpgrade, type UpgradeOptions } from "./commands/upgrade-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { parseBatchSize, parseWorkspace } from "./option-parsers.ts"

/** Adds `upgrade` to `pnpm migrate`. */
export function addUpgradeCommand(program: Command, { directory, signal, finish }: CommandContext) {
  program
    .command("upgrade")
    .summary("make an original ReasoningBank's database one of this program")
    .description(
      "Make a database with the original ReasoningBank's own Supabase schema one of this program. Its tables are kept in " +
        "the schema original_reasoning_bank; every row is moved from there and verified. Run again at any time.",
    )
    .option("--database-url <url>", "its Postgres; better set DATABASE_URL")
    .option("--workspace <id>", "workspace for rows that name none", parseWorkspace, "unassigned")
    .option("--batch-size <rows>", "rows a transaction (default: 2000)", parseBatchSize)
    .option("--dry-run", "do everything but write")
    .option("--report <file>", "write the report as JSON")
    .option("--json", "print one JSON object a line")
    .option("-y, --yes", "move the tables without asking")
    .allowExcessArguments(false)
    .action(async (options: UpgradeOptions) => {
      finish(await runUpgrade({ options, directory, signal }))
    })
}
