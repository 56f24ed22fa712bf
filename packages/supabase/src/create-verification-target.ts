import { parseJson, type RowKind, type VerificationTarget } from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"
import { stringifyReport } from "./run-messages.ts"
import {
  parseExplanations,
  parseMigratedRowKeys,
  parseMigratedSource,
  parseNearestAnswers,
  parseOpenLinks,
} from "./verification-messages.ts"

/** Functions that take a request and return an answer, both JSON as text. */
export type VerificationFunction =
  | "start_migration_verification"
  | "save_migration_verification"
  | "finish_migration_verification"
  | "describe_migrated_source"
  | "list_migrated_rows"
  | "list_open_links"
  | "explain_changed_rows"
  | "compare_statistics"
  | "compare_nearest"

const rowsPerPage = 10_000
const linksPerPage = 5_000

/** What a verification asks of a database, whichever way it is reached: `call` raises `target:*`. */
export function createVerificationTarget({
  call,
}: {
  call: (name: VerificationFunction, request: string) => Promise<string>
}): VerificationTarget {
  const ask = async (name: VerificationFunction, request: object) =>
    parseJson(await call(name, JSON.stringify(request)))

  return {
    async startVerification({ id, sourceIdentity, binding, restart }) {
      const request = { id, source_identity: sourceIdentity, binding, restart }
      const fields = jsonFields(await ask("start_migration_verification", request))
      return { id: fields.text("id"), checkpoint: fields.textOrNull("checkpoint") }
    },
    async saveCheckpoint(checkpoint) {
      await call("save_migration_verification", JSON.stringify(checkpoint))
    },
    async finishVerification({ id, status, report }) {
      const request = { id, status, report: stringifyReport(report) }
      await call("finish_migration_verification", JSON.stringify(request))
    },
    describeMigratedSource: async (sourceIdentity) =>
      parseMigratedSource(
        await ask("describe_migrated_source", { source_identity: sourceIdentity }),
      ),
    listMigratedRows: async ({ sourceIdentity, kind, after }) =>
      parseMigratedRowKeys(
        await ask("list_migrated_rows", {
          source_identity: sourceIdentity,
          kind,
          after: after && [after.workspaceId, after.id],
          page_size: rowsPerPage,
        }),
      ),
    listOpenLinks: async ({ workspaceId, after }) =>
      parseOpenLinks(
        await ask("list_open_links", { workspace_id: workspaceId, after, page_size: linksPerPage }),
      ),
    explainChangedRows: async ({ kind, keys }) =>
      parseExplanations(
        await ask("explain_changed_rows", {
          kind,
          keys: keys.map(({ workspaceId, id, traceId }) => ({
            workspace_id: workspaceId,
            id,
            trace_id: traceId,
          })),
        }),
      ),
    async compareStatistics(workspaceId) {
      const fields = jsonFields(await ask("compare_statistics", { workspace_id: workspaceId }))
      return {
        compared: fields.integer("compared"),
        wrong: fields.integer("wrong"),
        examples: fields.textsOrNull("examples") ?? [],
      }
    },
    compareNearest: async ({ kind, workspaceId, model, vector, matchCount }) =>
      parseNearestAnswers(
        await ask("compare_nearest", {
          kind: kind satisfies RowKind,
          workspace_id: workspaceId,
          model,
          embedding: JSON.stringify([...vector]),
          match_count: matchCount,
        }),
      ),
  }
}
