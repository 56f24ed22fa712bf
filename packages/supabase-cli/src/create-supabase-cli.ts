import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findSupabaseCli } from "./find-supabase-cli.ts"

export type SupabaseCliOptions = {
  /** Where the fetched program is kept. @default the repository's `.cache/supabase-cli` */
  cacheDirectory?: string
}

export type SupabaseCliResult = { exitCode: number; stdout: string; stderr: string }

export type SupabaseCli = {
  /**
   * Runs one command to its end, whatever its exit code. The program sees nothing of this process' environment or of
   * the user's home, and tells nobody of its use.
   */
  run: (command: {
    arguments: readonly string[]
    /** Holds the folder `supabase`. @default the repository */
    projectDirectory?: string
  }) => Promise<SupabaseCliResult>
}

const repository = join(import.meta.dirname, "../../..")

/** The real Supabase CLI. Raises `SupabaseCliUnavailable` when it can not be had. */
export async function createSupabaseCli(options: SupabaseCliOptions = {}): Promise<SupabaseCli> {
  const script = await findSupabaseCli(
    options.cacheDirectory ?? join(repository, ".cache/supabase-cli"),
  )
  return {
    run: async ({ arguments: words, projectDirectory }) => {
      const home = await mkdtemp(join(tmpdir(), "supabase-cli-"))
      try {
        return await runScript({
          arguments: [script, ...words, "--agent=no", "--workdir", projectDirectory ?? repository],
          home,
        })
      } finally {
        await rm(home, { recursive: true, force: true })
      }
    },
  }
}

function runScript(options: {
  arguments: readonly string[]
  home: string
}): Promise<SupabaseCliResult> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      options.arguments,
      {
        cwd: options.home,
        env: {
          PATH: "/usr/bin:/bin",
          HOME: options.home,
          SUPABASE_TELEMETRY_DISABLED: "1",
          DO_NOT_TRACK: "1",
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (_, stdout, stderr) => resolve({ exitCode: child.exitCode ?? 1, stdout, stderr }),
    )
  })
}
