import type { VerificationReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity, formatShare } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"
import { warningLines } from "./print-report.ts"
import { problemText } from "./problem-text.ts"

const listed = 10

/** The summary a person reads at the end of a verification. */
export function printVerification(report: VerificationReport): string[] {
  const { traces, memory_items: items } = report.counts
  const rows = [
    { name: "Traces", ...traces },
    { name: "Memory items", ...items },
  ]
  const columns = [
    "compared",
    "equal",
    "edited",
    "conflicts",
    "refused",
    "different",
    "missing",
    "extra",
  ] as const
  const table = formatTable({
    columns: [
      { heading: "", value: ({ name }) => name },
      ...columns.map((name) => ({
        heading: name,
        align: "right" as const,
        value: (row: (typeof rows)[number]) => formatCount(row[name]),
      })),
    ],
    rows,
  })
  return [
    "",
    ...table.map((line) => `  ${line}`),
    "",
    ...checkLines(report),
    "",
    ...warningLines(report.warnings),
    ...editLines(report),
    ...differenceLines(report),
    ...verdict(report),
    "",
  ]
}

function checkLines({ counts, workspaces, parity }: VerificationReport): string[] {
  const sum = (name: "links" | "counts_compared" | "counts_wrong") =>
    workspaces.reduce((total, workspace) => total + workspace[name], 0)
  const embedded = counts.traces.embedded_since + counts.memory_items.embedded_since
  return [
    `  Vectors       ${formatCount(counts.vectors_compared)} compared byte by byte`,
    ...(embedded > 0
      ? [
          `                ${formatCount(embedded)} rows were embedded here since; compared by the source's vector`,
        ]
      : []),
    `  Links         ${formatCount(counts.links_compared)} compared, ${formatCount(sum("links"))} followed; ${formatCount(counts.dangling_in_source)} lead nowhere in the source too`,
    `  Statistics    ${formatCount(sum("counts_compared"))} kept counts recomputed, ${formatCount(sum("counts_wrong"))} wrong`,
    ...(parity === null
      ? ["  Searches      none compared: no vector was sampled"]
      : [
          `  Searches      ${formatCount(parity.equal)} of ${formatCount(parity.sampled)} sampled vectors have the same ${formatCount(parity.neighbours)} nearest neighbours`,
          `                a search finds ${formatShare(parity.search_share * 100)} of them, the index alone ${formatShare(parity.index_recall === null ? null : parity.index_recall * 100)}`,
        ]),
  ]
}

function editLines({ edits, edits_found }: VerificationReport): string[] {
  if (edits_found === 0) return []
  return [
    "Changed in the target since, by somebody who may:",
    ...edits
      .slice(0, listed)
      .map(
        ({ kind, workspace_id, id, change, fields, updated_at }) =>
          `  ${kind} ${workspace_id}/${id}: ${[change, ...fields].join(" ")}${updated_at === null ? "" : `, ${updated_at}`}`,
      ),
    ...more(edits_found),
    "",
  ]
}

function differenceLines({ differences, differences_found }: VerificationReport): string[] {
  if (differences_found === 0) return []
  return [
    "Differences between source and target:",
    ...differences
      .slice(0, listed)
      .map(
        ({ kind, workspace_id, id, problem, fields }) =>
          `  ${kind} ${workspace_id}/${id ?? "*"}: ${problemText[problem]}${fields.length > 0 ? `: ${fields.join(", ")}` : ""}`,
      ),
    ...more(differences_found),
    "",
  ]
}

function more(found: number): string[] {
  return found > listed ? [`  … and ${formatCount(found - listed)} more in the report`] : []
}

function verdict(report: VerificationReport): string[] {
  const { status, counts, timings } = report
  const compared = [
    formatQuantity(counts.traces.compared, "trace"),
    formatQuantity(counts.memory_items.compared, "memory item"),
    formatQuantity(counts.vectors_compared, "vector"),
  ].join(", ")
  if (status === "differences") {
    return [
      `NOT EQUAL: ${formatQuantity(report.differences_found, "difference")} among ${compared}.`,
    ]
  }
  const but: Record<typeof status, string> = {
    verified: "",
    verified_with_edits: `, but for ${formatQuantity(report.edits_found, "change")} made in the target since`,
    verified_with_conflicts: `, but for ${formatQuantity(report.edits_found, "change")} made in the target`,
    verified_with_rejects: ", but for records that were rejected",
  }
  return [
    `Verified equal, field by field and bit by bit${but[status]}: ${compared}; in ${formatDuration(timings.total_ms)}.`,
    `Digest ${report.source_digest}`,
  ]
}
