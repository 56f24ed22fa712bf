import { Command } from "commander"
import { runDev } from "./commands/dev-command.ts"
import type { CommandContext } from "./create-migrate-program.ts"

/** `pnpm dev`. */
export function createDevProgram({ directory, signal, finish }: CommandContext): Command {
  return new Command("pnpm dev")
    .description(
      "Start the dashboard in development, with an embedded Supabase that holds the sample bank and a demo account.\n" +
        "It runs until Ctrl-C.",
    )
    .option("--port <port>", "of the dashboard", "3000")
    .allowExcessArguments(false)
    .action(async ({ port }: { port: string }) => {
      finish(await runDev({ directory, port: Number(port), signal }))
    })
}
