import { z } from "zod"

export const reportFormat = "reasoningbank-migration-report/1"

const count = z.int().nonnegative()
const digest = z.string().regex(/^[0-9a-f]{64}$/)

const rowCounts = z
  .strictObject({
    read: count,
    written: count,
    unchanged: count,
    conflicts: count,
    rejected: count,
  })
  .describe("read = written + unchanged + conflicts + rejected")

const rowKind = z.enum(["trace", "memory_item"])

const conflict = z
  .strictObject({
    kind: rowKind,
    workspace_id: z.string(),
    id: z.uuid(),
    source_id: z.string().nullable(),
    fields: z.array(z.string()).describe("Names of the fields that differ"),
  })
  .describe("A row edited in the target and changed in the source too; the target's was kept")

const difference = z.strictObject({
  kind: z.enum(["trace", "memory_item", "workspace"]),
  workspace_id: z.string(),
  id: z.uuid().nullable(),
  source_id: z.string().nullable(),
  problem: z.enum(["missing", "different", "count"]),
  fields: z
    .array(z.string())
    .describe("Names of the fields that differ, or a sentence for a count"),
})

const verification = z.strictObject({
  traces_compared: count,
  memory_items_compared: count,
  vectors_compared: count,
  differences: z.array(difference),
  source_digest: digest.describe("Order-independent digest of all compared rows of the source"),
  target_digest: digest.describe("The same of the rows read back from the target"),
})

const collection = z.strictObject({
  name: z.string(),
  records: count,
  dimension: count.nullable(),
})

const warning = z
  .strictObject({ code: z.string(), count, examples: z.array(z.string()) })
  .describe("Something that was accepted: see docs/migrate.md for the codes")

/** The public contract of `--report FILE`; docs/migration-report.schema.json is made from it. */
export const migrationReportSchema = z.strictObject({
  format: z.literal(reportFormat),
  run_id: z.uuid(),
  status: z
    .enum([
      "verified",
      "verified_with_rejects",
      "verified_with_conflicts",
      "differences",
      "failed",
      "dry_run",
      "empty",
    ])
    .describe(
      "failed: the run broke or was interrupted; its rows are whole batches, the next run goes on",
    ),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  source: z.strictObject({
    kind: z.enum([
      "chroma-directory",
      "chroma-server",
      "traces-file",
      "export-directory",
      "json-files",
      "sqlite-file",
      "original-schema",
      "rejects-file",
    ]),
    location: z.string(),
    version: z.string(),
    identity: z.string().describe("SHA-256 over the ids of what was moved; empty when unknown"),
    collections: z.array(collection),
    collections_left: z.array(collection).describe("Without ReasoningBank data, left alone"),
    dialects: z
      .object({ current: count, legacy: count, trace: count, unknown: count })
      .catchall(count)
      .describe("Records of each dialect; those of other programs where there are any"),
    traces_file: z.strictObject({ path: z.string(), entries: count }).nullable(),
    timezone: z.string().describe("IANA name that times without a zone were read in"),
  }),
  target: z
    .strictObject({
      kind: z.enum(["embedded", "postgres", "api"]),
      location: z.string(),
      server_version: z.string().nullable(),
      pgvector_version: z.string().nullable(),
    })
    .nullable(),
  counts: z.strictObject({
    records_read: count.describe("Chroma records and elements of traces.json"),
    records_rejected: count.describe(
      "Of these, what gave nothing but a reject; rows refused by the target are not among them",
    ),
    traces: rowCounts,
    memory_items: rowCounts,
    workspaces: count,
  }),
  workspaces: z.array(
    z.strictObject({ workspace_id: z.string(), traces: count, memory_items: count }),
  ),
  rejects: z.array(z.strictObject({ source_id: z.string(), code: z.string(), reason: z.string() })),
  conflicts: z.array(conflict),
  warnings: z.array(warning),
  verification: verification.nullable(),
  error: z
    .strictObject({ code: z.string(), message: z.string(), hint: z.string().nullable() })
    .nullable()
    .describe("Why the run failed"),
  timings: z.strictObject({
    read_ms: count,
    write_ms: count,
    index_ms: count.describe("Building indexes that were dropped for the load"),
    verify_ms: count,
    total_ms: count,
    rows_per_second: count.describe("Rows written a second, from the start of the copy to its end"),
  }),
})

export type MigrationReport = z.infer<typeof migrationReportSchema>
export type MigrationStatus = MigrationReport["status"]
export type RowCounts = z.infer<typeof rowCounts>
export type Conflict = z.infer<typeof conflict>
export type Difference = z.infer<typeof difference>
export type Verification = z.infer<typeof verification>
