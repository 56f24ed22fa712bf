import { z } from "zod"
import { migrationReportSchema } from "../migration/migration-report.ts"

export const verificationFormat = "reasoningbank-verification-report/1"

/** Longer lists are cut in the report; the counts are always of all. */
export const maximumListed = 10_000

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)
const rowKind = z.enum(["trace", "memory_item"])

const rowComparison = z
  .strictObject({
    compared: count,
    equal: count,
    embedded_since: count.describe(
      "Of the equal ones: embedded in the target since; the source's vector is kept beside",
    ),
    edited: count.describe("Changed by a user of the target since, or put away by the retention"),
    conflicts: count.describe(
      "Edited in the target and changed in the source, or never migrated from here",
    ),
    refused: count.describe("The database refused the row when it was migrated"),
    different: count,
    missing: count,
    extra: count.describe(
      "In the target, stamped with this source, and not in it; not among the compared ones",
    ),
  })
  .describe("compared = equal + edited + conflicts + refused + different + missing")

const problem = z.enum([
  "different",
  "source_changed",
  "missing",
  "extra",
  "trace_missing",
  "link_without_row",
  "link_leads_nowhere",
  "statistics",
  "search",
])

const finding = z.strictObject({
  kind: z.enum(["trace", "memory_item", "workspace"]),
  workspace_id: z.string(),
  id: z.uuid().nullable(),
  source_id: z.string().nullable(),
  problem,
  fields: z.array(z.string()).describe("Names of the fields that differ, or sentences"),
  updated_at: z
    .string()
    .nullable()
    .describe("When the target's row was last written to, as it says itself"),
})

const edit = z.strictObject({
  kind: rowKind,
  workspace_id: z.string(),
  id: z.uuid(),
  source_id: z.string().nullable(),
  change: z.enum(["edited", "archived", "conflict"]),
  fields: z.array(z.string()),
  updated_at: z.string().nullable(),
})

const workspace = z.strictObject({
  workspace_id: z.string(),
  traces: count,
  memory_items: count,
  equal: count,
  edited: count.describe("Edits, conflicts and refused rows"),
  differences: count,
  links: count,
  counts_compared: count,
  counts_wrong: count,
})

const parity = z
  .strictObject({
    seed: z.int(),
    neighbours: count.describe("How many nearest neighbours were asked for"),
    sampled: count.describe("Vectors of the source that were searched for"),
    equal: count.describe(
      "Of these, how many have the same neighbours in source and target, ties apart",
    ),
    exact_share: share.describe(
      "Share of the source's neighbours that an exact comparison in the target gives",
    ),
    search_share: share.describe("Share that a search of the product gives"),
    index_recall: share
      .nullable()
      .describe(
        "Share of the nearest of all workspaces that the index alone finds; null without one",
      ),
    samples: z.array(
      z.strictObject({
        kind: rowKind,
        workspace_id: z.string(),
        id: z.uuid(),
        expected: count,
        exact: count,
        search: count,
      }),
    ),
  })
  .describe(
    "Top-k parity: the nearest neighbours of sampled vectors, in the source and in the target",
  )

/** The public contract of `pnpm migrate verify --report FILE`. */
export const verificationReportSchema = z.strictObject({
  format: z.literal(verificationFormat),
  verification_id: z.uuid(),
  status: z.enum([
    "verified",
    "verified_with_edits",
    "verified_with_rejects",
    "verified_with_conflicts",
    "differences",
  ]),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  resumed_records: count.describe(
    "Records an interrupted verification had compared before; 0 for a whole one",
  ),
  source: migrationReportSchema.shape.source,
  target: migrationReportSchema.shape.target.unwrap(),
  runs: z.array(z.strictObject({ id: z.uuid(), status: z.string(), started_at: z.string() })),
  counts: z.strictObject({
    records_read: count,
    records_rejected: count,
    traces: rowComparison,
    memory_items: rowComparison,
    vectors_compared: count,
    links_compared: count,
    dangling_in_source: count.describe("Links whose far end the source does not have either"),
  }),
  workspaces: z.array(workspace),
  differences_found: count.describe(`All of them; at most ${maximumListed} are listed`),
  differences: z.array(finding),
  edits_found: count,
  edits: z.array(edit),
  rejects: migrationReportSchema.shape.rejects,
  warnings: migrationReportSchema.shape.warnings,
  parity: parity.nullable(),
  source_digest: z.string().describe("Order-independent digest of all rows of the source"),
  target_digest: z
    .string()
    .describe("The same of the rows found in the target, as they were migrated"),
  timings: z.strictObject({
    compare_ms: count,
    extra_ms: count,
    links_ms: count,
    statistics_ms: count,
    parity_ms: count,
    total_ms: count,
    rows_per_second: count,
  }),
})

export type VerificationReport = z.infer<typeof verificationReportSchema>
export type VerificationStatus = VerificationReport["status"]
export type RowComparison = z.infer<typeof rowComparison>
export type Finding = z.infer<typeof finding>
export type FoundEdit = z.infer<typeof edit>
export type ComparedWorkspace = z.infer<typeof workspace>
export type SearchParity = z.infer<typeof parity>
