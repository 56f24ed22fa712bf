import type { EmbeddingTarget, RowScope } from "@reasoningbank/core"
import type { CallFunction } from "./call-function.ts"
import {
  parseEmbeddingCounts,
  parseKeys,
  parseRowsToEmbed,
  stringifyEmbeddings,
} from "./embedding-messages.ts"
import { inHalves } from "./in-halves.ts"
import { type ApiTargetSettings, openApi } from "./open-api.ts"
import { parseSkipped } from "./run-messages.ts"
import type { SqlClient } from "./sql-client.ts"
import { targetError } from "./target-error.ts"

const pageBytes = 4_000_000
const analyzeSql = "analyze public.reasoning_traces, public.memory_items"

/**
 * The rows of a project reached over the Data API with a secret key. A write whose answer was lost is recognised when it is
 * sent again; one that is too large for the server or its time limit is halved, and then each part is one transaction.
 */
export function createApiEmbeddingTarget(settings: ApiTargetSettings): EmbeddingTarget {
  const { call, callOnce } = openApi(settings)
  return createEmbeddingTarget({ call, callOnce, finish: async () => {} })
}

/** The rows of a database reached by SQL; `sql` stays the caller's to close. */
export function createSqlEmbeddingTarget({
  sql,
  location,
}: {
  sql: Pick<SqlClient, "transaction">
  location: string
}): EmbeddingTarget {
  const call: CallFunction = async (name, parameters) => {
    const given = Object.entries(parameters)
    const names = given.map(([parameter], at) => `${parameter} => $${at + 1}`).join(", ")
    try {
      const [rows] = await sql.transaction([
        {
          sql: `select public.${name}(${names}) as result`,
          parameters: given.map(([, value]) => (typeof value === "number" ? String(value) : value)),
        },
      ])
      return rows?.[0]?.result ?? "[]"
    } catch (cause) {
      throw targetError({ cause, location })
    }
  }
  const finish = async () => {
    // Best effort: a server's autovacuum does it later; the embedded one has none, and searches need it.
    await sql.transaction([{ sql: analyzeSql }]).catch(() => {})
  }
  return createEmbeddingTarget({ call, callOnce: call, finish })
}

function createEmbeddingTarget({
  call,
  callOnce,
  finish,
}: {
  call: CallFunction
  callOnce: CallFunction
  finish: () => Promise<void>
}): EmbeddingTarget {
  return {
    count: async ({ model, workspaceId }) =>
      parseEmbeddingCounts(
        await call("count_rows_to_embed", { model, ...inWorkspace(workspaceId) }),
      ),
    async read({ limit, ...scope }) {
      const { kind } = scope
      const name = kind === "trace" ? "read_traces_to_embed" : "read_memory_items_to_embed"
      const page = { ...pageOf(scope), page_size: limit, page_bytes: pageBytes }
      return parseRowsToEmbed({ text: await call(name, page), kind })
    },
    write: async ({ model, embeddings }) => ({
      skipped: await inHalves({
        items: embeddings,
        task: async (items) => {
          const parameters = { model, embeddings: stringifyEmbeddings(items) }
          return parseSkipped(await callOnce("write_embeddings", parameters))
        },
      }),
    }),
    async clear({ otherThanModel, limit, ...scope }) {
      const name =
        scope.kind === "trace" ? "clear_trace_embeddings" : "clear_memory_item_embeddings"
      const page = { ...pageOf(scope), page_size: limit, other_than_model: otherThanModel }
      return parseKeys(await call(name, page))
    },
    finish,
  }
}

function pageOf({ workspaceId, after }: Omit<RowScope, "kind">) {
  return {
    ...inWorkspace(workspaceId),
    ...(after !== null && { after_workspace_id: after.workspaceId, after_id: after.id }),
  }
}

function inWorkspace(workspaceId: string | null) {
  return workspaceId === null ? {} : { workspace_filter: workspaceId }
}
