import { Command } from "commander"
import { runDemo } from "./commands/demo-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"

/** `pnpm demo`. */
export function createDemoProgram({ directory, signal, finish }: CommandContext): Command {
  return new Command("pnpm demo")
    .description(
      "Write a sample ReasoningBank into a real Chroma directory, move it into the embedded Supabase,\n" +
        "verify it, show statistics and a search, and serve the dashboard until Ctrl-C.\n" +
        "Needs no account, no Docker and no Python.",
    )
    .option("--port <port>", "of the dashboard; another one when it is taken", "3000")
    .option(
      "--no-serve",
      "end after checking that every page answers, as it does where there is no terminal",
    )
    .allowExcessArguments(false)
    .action(async ({ port, serve }: { port: string; serve: boolean }) => {
      finish(await runDemo({ directory, port: Number(port), keepsServing: serve, signal }))
    })
}
