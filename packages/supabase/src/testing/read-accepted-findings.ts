import { readFile } from "node:fs/promises"
import { join } from "node:path"

/** What `supabase db lint` and `supabase db advisors` may say about our migrations, and why. */
export type AcceptedFindings = {
  /** Errors of plpgsql_check, by function and message. */
  lint: readonly { function: string; message: string; reason: string }[]
  /** One finding by its `cacheKey`, or all of one `name`. */
  advisors: readonly ({ reason: string } & ({ cacheKey: string } | { name: string }))[]
}

export async function readAcceptedFindings(): Promise<AcceptedFindings> {
  const path = join(import.meta.dirname, "../../../../supabase/accepted-findings.json")
  const accepted: AcceptedFindings = JSON.parse(await readFile(path, "utf8"))
  return accepted
}
