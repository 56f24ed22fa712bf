import { describe, test } from "vitest"
import { createSupabaseCli, type SupabaseCli } from "./create-supabase-cli.ts"
import { SupabaseCliUnavailable } from "./supabase-cli-unavailable.ts"

/**
 * A `describe` block with the real Supabase CLI. Where it can not be had the block's one test is skipped with the reason,
 * which is a failure when CI=true.
 */
export function describeWithSupabaseCli(name: string, define: (cli: SupabaseCli) => void): void {
  describe(name, async () => {
    const cli = await createSupabaseCli().catch((cause: unknown) => {
      if (!(cause instanceof SupabaseCliUnavailable)) throw cause
      test("needs the Supabase CLI", ({ skip }) => skip(cause.message))
    })
    if (cli !== undefined) define(cli)
  })
}
