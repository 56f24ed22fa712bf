import type { VerificationReport } from "@reasoningbank/core"

/** What a difference is, in the words of a report. */
export const problemText: Record<VerificationReport["differences"][number]["problem"], string> = {
  different: "different, and no edit explains it",
  source_changed: "changed in the source since (pnpm migrate brings it over)",
  missing: "missing",
  extra: "not in the source, though migrated from it",
  trace_missing: "its trace is not there",
  link_without_row: "a link starts from a row that is not there",
  link_leads_nowhere: "a link leads nowhere, which it does not in the source",
  statistics: "kept counts are wrong",
  search: "other nearest neighbours than in the source",
}
