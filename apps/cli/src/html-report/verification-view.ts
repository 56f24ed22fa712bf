import type { VerificationReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity } from "../format-figures.ts"
import { problemText } from "../problem-text.ts"
import { rowsShown } from "./render-list.ts"
import { formatInstant, rejectList, sideFacts, warningList } from "./report-facts.ts"
import type { ReportList, ReportView, Share, Tone } from "./report-view.ts"
import { verificationChecks } from "./verification-checks.ts"

const tones: Record<VerificationReport["status"], Tone> = {
  verified: "good",
  verified_with_edits: "attention",
  verified_with_rejects: "attention",
  verified_with_conflicts: "attention",
  differences: "bad",
}

export function verificationView(report: VerificationReport): ReportView {
  const { counts, timings, parity } = report
  const rows = counts.traces.compared + counts.memory_items.compared
  return {
    title: "Verification report",
    tone: tones[report.status],
    ...verdict(report, rows),
    tiles: [
      { label: "Rows compared", value: formatCount(rows), note: "field by field" },
      {
        label: "Vectors compared",
        value: formatCount(counts.vectors_compared),
        note: "byte by byte",
      },
      {
        label: "Differences",
        value: formatCount(report.differences_found),
        note: report.differences_found === 0 ? "none" : `${named(report)} named below`,
      },
      {
        label: "Changed here since",
        value: formatCount(report.edits_found),
        note: report.edits_found === 0 ? "none" : "by users of the target",
      },
    ],
    checks: verificationChecks(report),
    kinds: [
      { label: "Traces", shares: shares(counts.traces) },
      { label: "Memory items", shares: shares(counts.memory_items) },
    ],
    workspaces: report.workspaces.map((workspace) => ({
      id: workspace.workspace_id,
      counts: `${formatQuantity(workspace.traces, "trace")}, ${formatQuantity(workspace.memory_items, "memory item")}, ${formatQuantity(workspace.links, "link")}`,
      shares: [
        { label: "equal", count: workspace.equal, tone: "good" },
        { label: "changed here", count: workspace.edited, tone: "attention" },
        { label: "differences", count: workspace.differences, tone: "bad" },
      ],
      note:
        workspace.differences > 0
          ? formatQuantity(workspace.differences, "difference")
          : workspace.edited > 0
            ? `equal, but for ${formatQuantity(workspace.edited, "row")} changed here`
            : "equal",
    })),
    parity: parity === null ? null : parityView(parity),
    lists: [
      ...differenceList(report),
      ...editList(report),
      ...rejectList(report.rejects),
      ...warningList(report.warnings),
    ],
    timings: [
      { label: "Comparing rows", milliseconds: timings.compare_ms },
      { label: "Looking for extra rows", milliseconds: timings.extra_ms },
      { label: "Following links", milliseconds: timings.links_ms },
      { label: "Recounting", milliseconds: timings.statistics_ms },
      { label: "Searching", milliseconds: timings.parity_ms },
    ],
    facts: [
      ...sideFacts(report),
      {
        label: "Migration runs",
        value: `${report.runs.length}, the last on ${formatInstant(report.runs[0]?.started_at ?? report.started_at)}`,
      },
      {
        label: "Compared",
        value: `${formatCount(timings.rows_per_second)} rows a second${report.resumed_records > 0 ? `; ${formatQuantity(report.resumed_records, "record")} before an interruption` : ""}`,
      },
      { label: "Digest of the source", value: report.source_digest, isCode: true },
      { label: "Digest of the target", value: report.target_digest, isCode: true },
      { label: "Verification", value: report.verification_id, isCode: true },
    ],
  }
}

function verdict(report: VerificationReport, rows: number): { headline: string; summary: string } {
  const { differences_found: differences, edits_found: edits, timings, rejects } = report
  const looked = `${formatQuantity(rows, "row")} of the source, with every vector and link, were read back from the target and compared in ${formatDuration(timings.total_ms)}.`
  switch (report.status) {
    case "verified":
      return {
        headline: "The target holds exactly what the source holds",
        summary: `${looked} Nothing is missing, nothing is changed, nothing is too many.`,
      }
    case "verified_with_edits":
      return {
        headline: `Equal, but for ${formatQuantity(edits, "change")} made in the target since`,
        summary: `${looked} What differs was changed by users who may; everything else is exactly the same.`,
      }
    case "verified_with_conflicts":
      return {
        headline: "Equal, but for rows changed on both sides",
        summary: `${looked} ${formatQuantity(edits, "row")} of the target differ because somebody wrote there too; the target's version was kept.`,
      }
    case "verified_with_rejects":
      return {
        headline: "Equal, but for records that could not become rows",
        summary: `${looked} ${formatQuantity(rejects.length, "record")} of the source could not be read as memory, or the database refused them; everything else is the same${edits > 0 ? `, but for ${formatQuantity(edits, "change")} made here since` : ""}.`,
      }
    case "differences":
      return {
        headline: `The target differs from the source: ${formatQuantity(differences, "difference")}`,
        summary: `${looked} ${named(report) === "each is" ? "Each difference is" : `Of the differences ${named(report)}`} named below with its fields. Nothing was changed by looking.`,
      }
  }
}

function named({ differences_found }: VerificationReport): string {
  return differences_found <= rowsShown ? "each is" : `the first ${rowsShown} are`
}

function shares(counts: VerificationReport["counts"]["traces"]): Share[] {
  return [
    { label: "equal", count: counts.equal, tone: "good" },
    { label: "edited here", count: counts.edited, tone: "attention" },
    { label: "in conflict", count: counts.conflicts, tone: "attention" },
    { label: "refused by the database", count: counts.refused, tone: "attention" },
    { label: "different", count: counts.different, tone: "bad" },
    { label: "missing", count: counts.missing, tone: "bad" },
    { label: "too many", count: counts.extra, tone: "bad" },
  ]
}

function parityView(parity: NonNullable<VerificationReport["parity"]>): ReportView["parity"] {
  return {
    neighbours: parity.neighbours,
    meters: [
      {
        label: "Exact comparison",
        share: parity.exact_share,
        note: "The target compares every vector too. Anything but all of them is a difference.",
      },
      {
        label: "Search",
        share: parity.search_share,
        note: "What a search of the product returns; where it uses the index it is approximate by nature.",
      },
      {
        label: "Index alone",
        share: parity.index_recall,
        note:
          parity.index_recall === null
            ? "There is no index to measure: searches compare every vector."
            : "Recall of the vector index over all workspaces, before a search corrects it.",
      },
    ],
    samples: parity.samples.map(({ kind, workspace_id, id, expected, exact }) => ({
      tone: exact === expected ? "good" : "bad",
      label: `${kind} ${workspace_id}/${id}: ${exact} of ${expected}`,
    })),
  }
}

function differenceList({ differences, differences_found }: VerificationReport): ReportList[] {
  if (differences_found === 0) return []
  return [
    {
      title: "Differences",
      intro: "What the source has and the target has not in the same way, or the other way round.",
      tone: "bad",
      columns: ["Problem", "Fields", "Row", "Workspace", "Last written"],
      rows: differences.map(({ kind, workspace_id, id, problem, fields, updated_at }) => [
        problemText[problem],
        fields.join(", ") || "–",
        id === null ? "–" : `${id} (${kind.replace("_", " ")})`,
        workspace_id,
        updated_at === null ? "–" : formatInstant(updated_at),
      ]),
      total: differences_found,
    },
  ]
}

function editList({ edits, edits_found }: VerificationReport): ReportList[] {
  if (edits_found === 0) return []
  return [
    {
      title: "Changed in the target since",
      intro:
        "Fields that users may write, in rows that were written to after their migration; rows put away by the retention; and rows changed on both sides. They are not counted as differences.",
      tone: "attention",
      columns: ["Change", "Fields", "Row", "Workspace", "When"],
      rows: edits.map(({ kind, workspace_id, id, change, fields, updated_at }) => [
        change,
        fields.join(", ") || "–",
        `${id} (${kind.replace("_", " ")})`,
        workspace_id,
        updated_at === null ? "–" : formatInstant(updated_at),
      ]),
      total: edits_found,
    },
  ]
}
