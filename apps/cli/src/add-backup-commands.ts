import type { Command } from "commander"
import { type BackupOptions, runBackup, runRestore } from "./commands/backup-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"

/** Adds `backup` and `restore` to `pnpm migrate`. */
export function addBackupCommands(program: Command, { directory, signal, finish }: CommandContext) {
  program
    .command("backup")
    .summary("archive a Chroma directory")
    .description(
      "Archive a Chroma directory and its traces.json as chroma_backup_YYYYMMDD.tar.gz, with checksums, although " +
        "somebody may be writing to it. A name that is taken gets a number.",
    )
    .option(
      "--chromadb-dir <dir>",
      "Chroma directory (default: REASONING_BANK_DATA or ./chroma_data)",
    )
    .option("--traces-file <file>", "traces.json (default: the one in the directory)")
    .option("--output <file>", "file to write (default: in this directory)")
    .allowExcessArguments(false)
    .action(async (options: BackupOptions) => {
      finish(await runBackup({ options, directory, signal }))
    })

  program
    .command("restore")
    .summary("unpack a backup and prove it")
    .description("Unpack a backup, check every checksum, read every record and compare.")
    .argument("<archive>", "what pnpm migrate backup wrote")
    .argument("<directory>", "an empty directory, or one that is not there yet")
    .allowExcessArguments(false)
    .action(async (archive: string, target: string) => {
      finish(await runRestore({ archive, target, directory, signal }))
    })
}
