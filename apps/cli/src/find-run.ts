import { type ListedRun, type MigrationJournal, ReasoningBankError } from "@reasoningbank/core"

/** The one run whose id begins so. Raises `usage` for none and for several. */
export async function findRun({
  journal,
  prefix,
}: {
  journal: MigrationJournal
  prefix: string
}): Promise<ListedRun> {
  const runs = await journal.listRuns()
  const found = runs.filter(({ id }) => id.startsWith(prefix.toLowerCase()))
  const [run] = found
  if (run !== undefined && found.length === 1 && prefix !== "") return run
  throw new ReasoningBankError({
    code: "usage",
    message:
      found.length === 0
        ? `The target has no migration run "${prefix}".`
        : `"${prefix}" is how ${found.length} migration runs begin.`,
    hint: "`pnpm migrate runs` lists them; give more of the id.",
  })
}
