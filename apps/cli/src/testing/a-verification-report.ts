import type { VerificationReport } from "@reasoningbank/core"

const zero = {
  compared: 0,
  equal: 0,
  embedded_since: 0,
  edited: 0,
  conflicts: 0,
  refused: 0,
  different: 0,
  missing: 0,
  extra: 0,
}
const digest = "5f1d7a84db00d2fce00b31a7fc73224f".repeat(2)

function aWorkspace(
  fields: Partial<VerificationReport["workspaces"][number]> & { workspace_id: string },
): VerificationReport["workspaces"][number] {
  return {
    traces: 1_204,
    memory_items: 3_488,
    equal: 4_692,
    edited: 0,
    differences: 0,
    links: 2_011,
    counts_compared: 244,
    counts_wrong: 0,
    ...fields,
  }
}

/** A verification that found nothing wrong, with what a test wants otherwise. */
export function aVerificationReport(fields: Partial<VerificationReport> = {}): VerificationReport {
  return {
    format: "reasoningbank-verification-report/1",
    verification_id: "0d5d9bb4-5ab5-4f6e-9a38-1f3a9b8a1f22",
    status: "verified",
    started_at: "2026-05-04T09:30:12.000Z",
    finished_at: "2026-05-04T09:31:02.300Z",
    resumed_records: 0,
    source: {
      kind: "chroma-directory",
      location: "/srv/agents/chroma_data",
      version: "1.0",
      identity: digest,
      collections: [{ name: "reasoning_memories", records: 10_464, dimension: 384 }],
      collections_left: [],
      dialects: { current: 10_464, legacy: 0, trace: 0, unknown: 0 },
      traces_file: null,
      timezone: "Europe/Berlin",
    },
    target: {
      kind: "postgres",
      location: "db.example.com:5432/postgres",
      server_version: "17.4",
      pgvector_version: "0.8.1",
    },
    runs: [
      {
        id: "5b0a7a0a-9df0-4a9e-8f44-f76ad61ea8d2",
        status: "verified",
        started_at: "2026-05-01T07:00:00+00:00",
      },
    ],
    counts: {
      records_read: 10_464,
      records_rejected: 0,
      traces: { ...zero, compared: 3_612, equal: 3_612 },
      memory_items: { ...zero, compared: 10_464, equal: 10_464, embedded_since: 120 },
      vectors_compared: 10_344,
      links_compared: 6_033,
      dangling_in_source: 14,
    },
    workspaces: ["emberforge-engine", "harbor-pipeline", "northwind-shop"].map((workspace_id) =>
      aWorkspace({ workspace_id }),
    ),
    differences_found: 0,
    differences: [],
    edits_found: 0,
    edits: [],
    rejects: [],
    warnings: [{ code: "dangling_link", count: 14, examples: ["memory-7", "memory-90"] }],
    parity: {
      seed: 1,
      neighbours: 10,
      sampled: 50,
      equal: 50,
      exact_share: 1,
      search_share: 0.996,
      index_recall: 0.978,
      samples: Array.from({ length: 50 }, (_, index) => ({
        kind: "memory_item",
        workspace_id: "harbor-pipeline",
        id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
        expected: 10,
        exact: 10,
        search: 10,
      })),
    },
    source_digest: digest,
    target_digest: digest,
    timings: {
      compare_ms: 41_200,
      extra_ms: 620,
      links_ms: 480,
      statistics_ms: 1_310,
      parity_ms: 6_690,
      total_ms: 50_300,
      rows_per_second: 342,
    },
    ...fields,
  }
}

/** One that found something of every kind; texts of the source are `text`. */
export function aTroubledReport(text: string): VerificationReport {
  const good = aVerificationReport()
  const id = "645497b2-7396-420c-94ec-291611284a6e"
  const row = { kind: "memory_item" as const, workspace_id: text, id, source_id: text }
  const at = "2026-05-03T22:10:09.123456Z"
  return aVerificationReport({
    status: "differences",
    counts: {
      ...good.counts,
      records_rejected: 2,
      traces: { ...good.counts.traces, compared: 3_614, equal: 3_611, refused: 1, missing: 2 },
      memory_items: {
        ...good.counts.memory_items,
        compared: 10_470,
        equal: 10_464,
        edited: 2,
        conflicts: 1,
        different: 2,
        missing: 1,
        extra: 1,
      },
    },
    workspaces: [
      aWorkspace({ workspace_id: text, edited: 3, differences: 6, counts_wrong: 2 }),
      ...good.workspaces,
    ],
    differences_found: 12_408,
    differences: [
      { ...row, problem: "different", fields: ["embedding"], updated_at: at },
      { ...row, problem: "different", fields: ["title", "createdAt"], updated_at: at },
      { ...row, problem: "missing", fields: [], updated_at: null },
      { ...row, problem: "extra", fields: [], updated_at: null },
      {
        ...row,
        problem: "link_leads_nowhere",
        fields: [`parent memory_item ${id}`],
        updated_at: null,
      },
      {
        ...row,
        kind: "workspace",
        id: null,
        problem: "statistics",
        fields: [
          "2 of 244 kept counts are not those of the rows (rebuild_statistics corrects them)",
          "memory_item total: +1 rows, -12 bytes",
        ],
        updated_at: null,
      },
      {
        ...row,
        problem: "search",
        fields: ["9 of the source's 10 nearest neighbours"],
        updated_at: null,
      },
    ],
    edits_found: 3,
    edits: [
      { ...row, change: "edited", fields: ["title", "description"], updated_at: at },
      { ...row, change: "archived", fields: [], updated_at: null },
      { ...row, change: "conflict", fields: ["content"], updated_at: at },
    ],
    rejects: [{ source_id: text, code: "no_content", reason: `it says ${text}` }],
    parity: good.parity && {
      ...good.parity,
      equal: 48,
      exact_share: 0.996,
      samples: good.parity.samples.map((sample, index) =>
        index % 21 === 7 ? { ...sample, exact: 9 } : sample,
      ),
    },
  })
}
