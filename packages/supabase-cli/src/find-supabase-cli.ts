import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fetchOnce, runCommand } from "@reasoningbank/native-postgres"
import { SupabaseCliUnavailable } from "./supabase-cli-unavailable.ts"

const supabaseCliVersion = "3.1.0"

const script = "node_modules/supabase/dist/supabase.js"

/**
 * The path of the Supabase CLI's script for Node, fetched with npm at the first call (140 MB, so it is no dependency).
 * Raises `SupabaseCliUnavailable`.
 */
export async function findSupabaseCli(cacheDirectory: string): Promise<string> {
  const directory = join(cacheDirectory, supabaseCliVersion)
  try {
    await fetchOnce({ directory, fetch: fetchWithNpm })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SupabaseCliUnavailable(
      `The Supabase CLI ${supabaseCliVersion} could not be fetched with npm: ${reason}.`,
      { cause },
    )
  }
  return join(directory, script)
}

async function fetchWithNpm(place: { directory: string; workDirectory: string }): Promise<void> {
  const project = join(place.workDirectory, "npm")
  await mkdir(project)
  await writeFile(join(project, "package.json"), "{}")
  await runCommand({
    command: "npm",
    arguments: [
      ..."install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error".split(" "),
      `supabase@${supabaseCliVersion}`,
    ],
    directory: project,
  })
  // The program itself is an optional package, which npm leaves out without a word when it can not be fetched.
  await runCommand({
    command: process.execPath,
    arguments: [script, "--version"],
    directory: project,
  })
  await rename(project, place.directory)
}
