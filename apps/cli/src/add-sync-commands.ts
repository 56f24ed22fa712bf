import { type Command, InvalidArgumentError } from "commander"
import { type CutoverOptions, runCutover } from "./commands/cutover-command.ts"
import { runSync, type SyncOptions } from "./commands/sync-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { inheritOptions } from "./inherit-options.ts"

const secondsBetweenLooks = 10
const quietSeconds = 5
const mostSeconds = 86_400

/** Adds `sync` and `cutover` to `pnpm migrate`, with the options of the command itself. */
export function addSyncCommands(program: Command, { directory, signal, finish }: CommandContext) {
  const isShared = (name: string) => name !== "dryRun"
  const isOfBackup = (name: string) => name === "backup" || name === "backupDir"

  const sync = program
    .command("sync")
    .summary("move what changed since the last run")
    .description(
      "Move what changed in the source since the last run; the same as pnpm migrate, without a backup.",
    )
    .option(
      "--watch [seconds]",
      `go on until Ctrl-C, looking every so many seconds (default: ${secondsBetweenLooks})`,
      parseSeconds,
    )
    .allowExcessArguments(false)
    .action(
      async ({ watch, ...options }: Omit<SyncOptions, "watch"> & { watch?: number | true }) => {
        const seconds = watch === true ? secondsBetweenLooks : watch
        finish(
          await runSync({
            options: { ...options, backup: false, watch: seconds },
            directory,
            signal,
          }),
        )
      },
    )
  inheritOptions({
    from: program,
    to: sync,
    isInherited: (name) => isShared(name) && !isOfBackup(name),
  })

  const cutover = program
    .command("cutover")
    .summary("the last sync, proven, and the new environment")
    .description(
      "Ask for writers to be stopped, wait until the source is quiet, move what is left, verify, and print the new " +
        "environment.",
    )
    .option(
      "--quiet <seconds>",
      "how long nobody may have written to the source",
      parseSeconds,
      quietSeconds,
    )
    .allowExcessArguments(false)
    .action(async (options: CutoverOptions) => {
      finish(await runCutover({ options, directory, signal }))
    })
  inheritOptions({ from: program, to: cutover, isInherited: isShared })
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (text.trim() === "" || !(seconds > 0 && seconds <= mostSeconds)) {
    throw new InvalidArgumentError(`Give seconds, more than 0 and at most ${mostSeconds}.`)
  }
  return seconds
}
