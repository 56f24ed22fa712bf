import type { Command } from "commander"

/** Where the target lies. */
export const targetOptions = ["databaseUrl", "supabaseUrl", "supabaseKey"] as const
/** Where the source lies. */
export const sourceOptions = [
  "source",
  "dialect",
  "chromadbDir",
  "chromaUrl",
  "export",
  "tracesFile",
] as const

/** Gives a subcommand options of the command itself, as they stand there and in that order; returns the subcommand. */
export function inheritOptions({
  from,
  to,
  isInherited,
}: {
  from: Command
  to: Command
  isInherited: (name: string) => boolean
}): Command {
  for (const option of from.options) if (isInherited(option.attributeName())) to.addOption(option)
  return to
}

/** For the many that need a target and nothing else of the command. */
export function addTargetOptions({ from, to }: { from: Command; to: Command }): Command {
  const names: readonly string[] = targetOptions
  return inheritOptions({ from, to, isInherited: (name) => names.includes(name) })
}
