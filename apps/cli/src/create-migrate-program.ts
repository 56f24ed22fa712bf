import { sourceDialects } from "@reasoningbank/dialects"
import { Command, Option } from "commander"
import { addBackupCommands } from "./add-backup-commands.ts"
import { addExportCommand } from "./add-export-command.ts"
import { addReplayCommand } from "./add-replay-command.ts"
import { addRunCommands } from "./add-run-commands.ts"
import { addSyncCommands } from "./add-sync-commands.ts"
import { addUpgradeCommand } from "./add-upgrade-command.ts"
import { addVerifyCommand } from "./add-verify-command.ts"
import { type DumpOptions, runDump } from "./commands/dump-command.ts"
import { type EmbedOptions, runEmbed } from "./commands/embed-command.ts"
import { type GrantOptions, runGrant } from "./commands/grant-command.ts"
import { runMigrate } from "./commands/migrate-command.ts"
import { addTargetOptions } from "./inherit-options.ts"
import type { MigrateOptions } from "./migrate-options.ts"
import { machineTimezone, parseBatchSize, parseTimezone, parseWorkspace } from "./option-parsers.ts"

export type CommandContext = {
  /** What relative paths are relative to. */
  directory: string
  signal: AbortSignal
  /** Told the exit code of the command that ran. */
  finish: (exitCode: number) => void
}

const exitCodes = `
Exit codes:
  0  done and verified, or nothing to do
  1  unexpected fault
  2  wrong use
  3  source unreadable or not ReasoningBank data
  4  target refused or unreachable
  5  done and verified, but records were rejected, kept as conflicts or (verify) edited since
  6  verification found differences, or a backup is not whole
  8  refused, nothing changed
  130  interrupted; run again to go on

Environment: SUPABASE_URL, SUPABASE_KEY or SUPABASE_SECRET_KEY, DATABASE_URL, CHROMA_URL,
CHROMA_TOKEN, REASONING_BANK_DATA, LOG_LEVEL; .env is read. Keys are better given there than as options,
which every user of the machine can see. Details go to migration.log.
`

const examples = `
Examples:
  pnpm migrate --dry-run
  pnpm migrate --chromadb-dir ./chroma_data --report report.json
  pnpm migrate --source .swarm/memory.db
  DATABASE_URL=postgresql://… pnpm migrate --yes
  pnpm migrate verify --html report.html
  pnpm migrate dump --chromadb-dir ./chroma_data --output bank.jsonl
  pnpm migrate embed --dry-run
  pnpm migrate grant me@example.com --all
  pnpm migrate backup --chromadb-dir ./chroma_data
  pnpm migrate runs
  pnpm migrate rollback 1f3c5a7e --dry-run
  pnpm migrate export --to-chroma-url http://localhost:8000
`

/** `pnpm migrate` and its subcommands. */
export function createMigrateProgram({ directory, signal, finish }: CommandContext): Command {
  const program = new Command("pnpm migrate")
    .description(
      "Move a ReasoningBank from Chroma (and traces.json) or another program into Supabase, and prove that it arrived. " +
        "The source is only read. Run again at any time: what is there already is not written twice.",
    )
    .option(
      "--source <path>",
      "bank of another program, or Chroma; what it is, is told by its content",
    )
    .addOption(
      new Option("--dialect <name>", "which bank, where --source holds several").choices(
        sourceDialects,
      ),
    )
    .option(
      "--chromadb-dir <dir>",
      "Chroma directory (default: REASONING_BANK_DATA or ./chroma_data)",
    )
    .option("--chroma-url <url>", "running Chroma server, instead of a directory")
    .option("--export <dir>", "what pnpm migrate export wrote, instead of Chroma")
    .option(
      "--traces-file <file>",
      "traces.json of the legacy program (default: the one in the directory)",
    )
    .option(
      "--collection <name...>",
      "only these collections (default: all with ReasoningBank data)",
    )
    .option("--database-url <url>", "Postgres of the target; the fastest way")
    .option("--supabase-url <url>", "Supabase project, over its API")
    .option("--supabase-key <key>", "its secret key; better set SUPABASE_KEY")
    .option(
      "--workspace <id>",
      "workspace for records that name none",
      parseWorkspace,
      "unassigned",
    )
    .option(
      "--source-timezone <zone>",
      "zone of times without one, e.g. Europe/Berlin",
      parseTimezone,
      machineTimezone(),
    )
    .option(
      "--batch-size <rows>",
      "rows a transaction (default: 2000, over the API 500)",
      parseBatchSize,
    )
    .option("--dry-run", "do everything but write")
    .option("--restart", "begin a new run where one was cut short, instead of going on with it")
    .option("--overwrite", "let the source win over rows edited in the target")
    .option("--backup-dir <dir>", "where the backup of the source goes (default: here)")
    .option("--no-backup", "make no backup of the source first")
    .option("--report <file>", "write the report as JSON")
    .option("--html <file>", "write the report as a page to read")
    .option("--json", "print one JSON object a line")
    .option("-y, --yes", "apply the schema without asking")
    .allowExcessArguments(false)
    .enablePositionalOptions()
    .addHelpText("after", examples)
    .addHelpText("after", exitCodes)
    .action(async (options: MigrateOptions) => {
      finish(await runMigrate({ options, directory, signal }))
    })

  program
    .command("dump")
    .summary("write every record of a Chroma directory as JSON lines")
    .description("Write every record of a Chroma directory as a line of JSON; needs no Chroma.")
    .requiredOption("--chromadb-dir <dir>", "Chroma directory")
    .option("--collection <name...>", "only these collections")
    .requiredOption("--output <file>", "file to write")
    .allowExcessArguments(false)
    .action(async (options: DumpOptions) => {
      finish(await runDump({ options, directory, signal }))
    })

  addTargetOptions({ from: program, to: program.command("embed") })
    .summary("make the vectors that rows lack")
    .description(
      "Make vectors for rows of the target that have none, with all-MiniLM-L6-v2, and anew for those whose text was " +
        "edited since. Run again at any time: only what is left is embedded.",
    )
    .option("--workspace <id>", "only this workspace (default: all)", parseWorkspace)
    .option("--convert", "also make vectors of other models anew, which are refused else")
    .option("--dry-run", "only count")
    .option("--json", "print one JSON object a line")
    .option("-y, --yes", "apply the schema without asking")
    .allowExcessArguments(false)
    .action(async (options: EmbedOptions) => {
      finish(await runEmbed({ options, directory, signal }))
    })

  addTargetOptions({ from: program, to: program.command("grant") })
    .summary("give somebody a role in workspaces")
    .description(
      "Give somebody a role in workspaces of the target: at once when the address has an account, else by " +
        "an invitation whose token is printed here, once.",
    )
    .argument("<email>", "address of the account")
    .argument("[workspaces...]", "ids of workspaces")
    .option("--all", "every workspace of the target")
    .addOption(
      new Option("--role <role>", "what they may do")
        .choices(["owner", "editor", "viewer"])
        .default("owner"),
    )
    .allowExcessArguments(false)
    .action(async (email: string, workspaceIds: string[], options: GrantOptions) => {
      finish(await runGrant({ email, workspaceIds, options, directory }))
    })

  addVerifyCommand(program, { directory, signal, finish })
  addBackupCommands(program, { directory, signal, finish })
  addRunCommands(program, { directory, signal, finish })
  addExportCommand(program, { directory, signal, finish })
  addSyncCommands(program, { directory, signal, finish })
  addReplayCommand(program, { directory, signal, finish })
  addUpgradeCommand(program, { directory, signal, finish })
  return program
}
