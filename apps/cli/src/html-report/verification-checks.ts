import type { VerificationReport } from "@reasoningbank/core"
import { formatCount, formatQuantity } from "../format-figures.ts"
import type { ReportView } from "./report-view.ts"

/** One line a check: what it asks, and the answer. */
export function verificationChecks(report: VerificationReport): ReportView["checks"] {
  const { counts, workspaces, parity } = report
  const both = (
    name: "different" | "missing" | "extra" | "edited" | "conflicts" | "embedded_since",
  ) => counts.traces[name] + counts.memory_items[name]
  const sum = (name: "links" | "counts_compared" | "counts_wrong") =>
    workspaces.reduce((total, workspace) => total + workspace[name], 0)
  const found = (...problems: string[]) =>
    report.differences.filter(({ problem }) => problems.includes(problem)).length
  const brokenLinks = found("link_without_row", "link_leads_nowhere", "trace_missing")
  const unequal = parity === null ? 0 : parity.sampled - parity.equal
  const embedded = both("embedded_since")
  return [
    check({
      label: "Content",
      wrong: both("different"),
      good: "every field equal",
      bad: "different",
      detail: `${formatCount(counts.traces.compared + counts.memory_items.compared)} rows compared field by field, ${formatCount(counts.vectors_compared)} vectors byte by byte${embedded > 0 ? `; ${formatQuantity(embedded, "row")} embedded here since, compared by the vector of the source` : ""}.`,
    }),
    check({
      label: "Completeness",
      wrong: both("missing"),
      good: "none missing",
      bad: "missing",
      detail: "Every row of the source was looked for under its key.",
    }),
    check({
      label: "Nothing more",
      wrong: both("extra"),
      good: "none too many",
      bad: "too many",
      detail: "Every row that a migration of this source wrote was looked for in the source.",
    }),
    check({
      label: "Links",
      wrong: brokenLinks,
      good: "all intact",
      bad: "broken",
      detail: `${formatCount(counts.links_compared)} compared and ${formatCount(sum("links"))} followed to their ends; ${formatCount(counts.dangling_in_source)} lead nowhere in the source too. The trace of every item is there.`,
    }),
    check({
      label: "Statistics",
      wrong: sum("counts_wrong"),
      good: "all right",
      bad: "wrong",
      detail: `${formatCount(sum("counts_compared"))} kept counts were counted anew from the rows.`,
    }),
    parity === null
      ? {
          label: "Searches",
          tone: "neutral",
          result: "not sampled",
          detail: "No vector was searched for on both sides.",
        }
      : check({
          label: "Searches",
          wrong: unequal,
          good: "same answers",
          bad: "other answers",
          detail: `${formatQuantity(parity.sampled, "sampled vector")}: the same ${parity.neighbours} nearest neighbours by exact comparison on both sides.`,
        }),
  ]
}

function check({
  label,
  wrong,
  good,
  bad,
  detail,
}: {
  label: string
  wrong: number
  good: string
  bad: string
  detail: string
}): ReportView["checks"][number] {
  return wrong === 0
    ? { label, tone: "good", result: good, detail }
    : { label, tone: "bad", result: `${formatCount(wrong)} ${bad}`, detail }
}
