import { Command } from "commander"
import { runDemo } from "./commands/demo-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"

/** `pnpm demo`. */
export function createDemoProgram({ directory, signal, finish }: CommandContext): Command {
  return new Command("pnpm demo")
    .description(
      "Write a sample ReasoningBank into a real Chroma directory, move it into the embedded Supabase,\n" +
        "verify it, and show statistics and a search. Needs no account, no Docker and no Python.",
    )
    .allowExcessArguments(false)
    .action(async () => {
      finish(await runDemo({ directory, signal }))
    })
}
