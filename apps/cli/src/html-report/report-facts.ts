import type { MigrationReport } from "@reasoningbank/core"
import { formatCount, formatQuantity } from "../format-figures.ts"
import { warningText } from "../warning-text.ts"
import type { ReportList, ReportView } from "./report-view.ts"

type Sides = Pick<MigrationReport, "source" | "target" | "started_at" | "finished_at">

const targetNames = {
  embedded: "embedded Supabase",
  postgres: "Postgres",
  api: "Supabase API",
} as const

/** "1 May 2026, 09:30:12 UTC" */
export function formatInstant(instant: string): string {
  const formatted = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  }).format(new Date(instant))
  return `${formatted} UTC`
}

/** Both sides, and when. */
export function sideFacts({ source, target, started_at, finished_at }: Sides): ReportView["facts"] {
  const collections = source.collections.map(
    ({ name, records }) => `${name} (${formatQuantity(records, "record")})`,
  )
  const versions =
    target === null
      ? []
      : [
          targetNames[target.kind],
          ...(target.server_version === null ? [] : [`PostgreSQL ${target.server_version}`]),
          ...(target.pgvector_version === null ? [] : [`pgvector ${target.pgvector_version}`]),
        ]
  return [
    { label: "Source", value: `${source.location} (${source.kind}, ${source.version})` },
    { label: "Collections", value: collections.join(", ") || "none" },
    ...(target === null
      ? []
      : [{ label: "Target", value: `${target.location} (${versions.join(", ")})` }]),
    { label: "Times without a zone", value: `read in ${source.timezone}` },
    { label: "Began", value: formatInstant(started_at) },
    { label: "Ended", value: formatInstant(finished_at) },
    { label: "Source identity", value: source.identity || "unknown", isCode: true },
  ]
}

export function warningList(warnings: MigrationReport["warnings"]): ReportList[] {
  if (warnings.length === 0) return []
  return [
    {
      title: "Noticed, and accepted",
      intro:
        "What is unusual and was accepted. Nothing of the source is lost: what could not be stored literally stands in the row's notes.",
      tone: "neutral",
      columns: ["Records", "What", "For example"],
      rows: warnings.map(({ code, count, examples }) => [
        formatCount(count),
        `${warningText(code)} (${code})`,
        examples.slice(0, 2).join(" · "),
      ]),
      total: warnings.length,
    },
  ]
}

export function rejectList(rejects: MigrationReport["rejects"]): ReportList[] {
  if (rejects.length === 0) return []
  return [
    {
      title: "Rejected records",
      intro:
        "They can not become a row. The migration kept each whole, with its reason, in a file of rejects.",
      tone: "attention",
      columns: ["Record", "Why", "Code"],
      rows: rejects.map(({ source_id, reason, code }) => [source_id, reason, code]),
      total: rejects.length,
    },
  ]
}
