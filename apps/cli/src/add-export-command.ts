import type { Command } from "commander"
import { type ExportOptions, runExport } from "./commands/export-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { addTargetOptions } from "./inherit-options.ts"

/** Adds `export` to `pnpm migrate`. */
export function addExportCommand(program: Command, { directory, signal, finish }: CommandContext) {
  addTargetOptions({ from: program, to: program.command("export") })
    .summary("write the rows back to Chroma or to files")
    .description(
      "Write the target's rows to a running Chroma server, or to files: JSON lines and float32 vectors. A later " +
        "migration of either gives the same rows.",
    )
    .option("--to-chroma-url <url>", "running Chroma server to write to")
    .option("--output <dir>", "directory to write to: empty, or not there yet")
    .option("--collection <name>", "name of the memory items' collection", "reasoning_memories")
    .option("--workspace <id...>", "only these workspaces (default: all)")
    .allowExcessArguments(false)
    .action(async (options: ExportOptions) => {
      finish(await runExport({ options, directory, signal }))
    })
}
