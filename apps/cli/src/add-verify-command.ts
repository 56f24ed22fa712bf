import type { Command } from "commander"
import { runVerify, type VerifyOptions } from "./commands/verify-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"
import { inheritOptions, sourceOptions, targetOptions } from "./inherit-options.ts"
import { parseTimezone, parseWorkspace, wholeNumber } from "./option-parsers.ts"

const examples = `
Examples:
  pnpm migrate verify
  pnpm migrate verify --report verification.json --html verification.html
  DATABASE_URL=postgresql://… pnpm migrate verify --chromadb-dir ./chroma_data --sample 200
`

const exitCodes = `
Exit codes:
  0  equal: every row, link, count and sampled search
  5  equal, but for rows edited here since, conflicts kept or records rejected: each is named
  6  differences: each is named with its fields
  8  refused: this source was never migrated there
  130  interrupted; run again to go on where it was
  1, 2, 3 and 4 as for pnpm migrate
`

const inherited: readonly string[] = [...sourceOptions, ...targetOptions, "report", "html", "json"]
const isInherited = (name: string) => inherited.includes(name)

/** Adds `verify` to `pnpm migrate`. */
export function addVerifyCommand(program: Command, { directory, signal, finish }: CommandContext) {
  inheritOptions({ from: program, to: program.command("verify"), isInherited })
    .summary("prove that the target equals the source")
    .description(
      "Prove that the target holds what the source holds: every row field by field and vector byte by vector byte, no row " +
        "too many, links, statistics, and the nearest neighbours of sampled vectors. Neither side is changed. Killed, it " +
        "goes on where it was.",
    )
    .option("--collection <name...>", "only these collections, as they were migrated")
    .option(
      "--workspace <id>",
      "workspace of records that name none (default: as migrated)",
      parseWorkspace,
    )
    .option(
      "--source-timezone <zone>",
      "zone of times without one (default: as migrated)",
      parseTimezone,
    )
    .option(
      "--sample <vectors>",
      "vectors whose neighbours are searched for on both sides; 0 for none",
      wholeNumber({ least: 0, most: 10_000 }),
      50,
    )
    .option(
      "--neighbours <k>",
      "nearest neighbours to compare",
      wholeNumber({ least: 1, most: 100 }),
      10,
    )
    .option(
      "--seed <number>",
      "which vectors are taken; the same number takes the same ones",
      wholeNumber({ least: 0, most: 2 ** 31 }),
      1,
    )
    .option("--restart", "begin anew, not where an interrupted verification was")
    .option("-y, --yes", "apply migrations that the target's schema lacks without asking")
    .allowExcessArguments(false)
    .addHelpText("after", examples)
    .addHelpText("after", exitCodes)
    .action(async (options: VerifyOptions) => {
      finish(await runVerify({ options, directory, signal }))
    })
}
