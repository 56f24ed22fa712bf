import { embeddingDimension, stringifyJson } from "@reasoningbank/core"
import {
  rowId,
  type StorageDriver,
  type StoredMemoryItem,
  toExactJson,
  wrongWorkspaceName,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { changedColumns } from "./changed-columns.ts"
import { memoryFilterParameters, traceFilterParameters } from "./filter-parameters.ts"
import { findTraces } from "./find-traces.ts"
import { parseRow } from "./parse-row.ts"
import { readGenealogy } from "./read-genealogy.ts"
import { readMemory, readTrace } from "./read-rows.ts"
import { readRetrieval, retrievalParameters } from "./retrieval-rows.ts"
import {
  foundMemoryFromRow,
  foundMemorySchema,
  listedTraceSchema,
  traceFromRow,
} from "./stored-row.ts"
import { type SupabaseApi, sqlStateOf } from "./supabase-api.ts"
import { traceDocument, vectorText } from "./trace-document.ts"
import { readWorkspaceCounts } from "./workspace-counts.ts"

const notFound = "PT404"
const deletedSchema = z.object({
  deleted_traces: z.coerce.number(),
  deleted_memory_items: z.coerce.number(),
})

/** The rows of a Supabase project, over its Data API and the functions of our schema. */
export function createSupabaseDriver({ api }: { api: SupabaseApi }): StorageDriver {
  const memoryKey = (id: string) => rowId({ kind: "memory_item", sourceId: id }).id

  const findMemories = async (name: string, parameters: Record<string, unknown>) => {
    const rows = await api.callForRows(name, parameters)
    return rows.map((row) => {
      const parsed = parseRow({ api, schema: foundMemorySchema, row })
      return { memory: foundMemoryFromRow(parsed), similarity: parsed.similarity ?? 0 }
    })
  }
  const memoriesOf = (found: { memory: StoredMemoryItem }[]) => found.map(({ memory }) => memory)

  return {
    dimension: embeddingDimension,
    decidesOnQueryText: true,
    async insertTrace(prepared) {
      const status = await api.call("add_trace", { document: traceDocument(prepared) })
      return status === "unchanged" ? "unchanged" : "added"
    },
    readTrace: (key) => readTrace({ api, ...key }),
    readMemory: (key) => readMemory({ api, ...key }),
    nearestMemories: ({ workspaceId, query, count, filter, minSimilarity }) =>
      findMemories("search_similar_memories", {
        query_embedding: vectorText(query),
        query_model: query.model,
        match_count: count,
        workspace_filter: [workspaceId],
        min_similarity: minSimilarity,
        ...memoryFilterParameters(filter),
      }),
    nearestTraces: ({ workspaceId, query, count, filter, minSimilarity }) =>
      findTraces({
        api,
        workspaceId,
        parameters: {
          query_embedding: vectorText(query),
          query_model: query.model,
          match_count: count,
          workspace_filter: [workspaceId],
          min_similarity: minSimilarity,
          ...traceFilterParameters(filter),
        },
      }),
    async matchKeywords({ workspaceId, text, count, filter }) {
      return memoriesOf(
        await findMemories("search_memories_by_keyword", {
          query_text: text,
          match_count: count,
          workspace_filter: [workspaceId],
          ...memoryFilterParameters(filter),
        }),
      )
    },
    async listMemories({ workspaceId, filter, limit, after }) {
      return memoriesOf(
        await findMemories("list_memories", {
          workspace_filter: [workspaceId],
          match_count: limit,
          after_created_at: after?.createdAt ?? null,
          after_workspace_id: after === null ? null : workspaceId,
          after_id: after === null ? null : memoryKey(after.id),
          ...memoryFilterParameters(filter),
        }),
      )
    },
    async listTraces({ workspaceId, filter, limit, after }) {
      const rows = await api.callForRows("list_traces", {
        workspace_filter: [workspaceId],
        match_count: limit,
        after_created_at: after?.createdAt ?? null,
        after_workspace_id: after === null ? null : workspaceId,
        after_id: after === null ? null : rowId({ kind: "trace", sourceId: after.id }).id,
        ...traceFilterParameters(filter),
      })
      return rows.map((found) => {
        const row = parseRow({ api, schema: listedTraceSchema, row: found })
        return traceFromRow({ row, memoryItemCount: row.memory_items })
      })
    },
    countWorkspace: (workspaceId) => readWorkspaceCounts({ api, workspaceId }),
    readGenealogy: (key) => readGenealogy({ api, ...key }),

    async updateMemory({ workspaceId, id, changes, embedding }) {
      try {
        await api.call("update_memory_item", {
          workspace_id: workspaceId,
          memory_item_id: memoryKey(id),
          changes: stringifyJson(toExactJson(changedColumns(changes))),
          embedding: vectorText(embedding ?? null),
          embedding_model: embedding?.model ?? null,
        })
      } catch (error) {
        if (sqlStateOf(error) === notFound) return null
        throw error
      }
      return readMemory({ api, workspaceId, id })
    },
    async deleteMemory({ workspaceId, id }) {
      const { count } = await api.once((client) =>
        client
          .from("memory_items")
          .delete({ count: "exact" })
          .eq("workspace_id", workspaceId)
          .eq("id", memoryKey(id)),
      )
      return (count ?? 0) > 0
    },
    async deleteTracesBefore({ workspaceId, retentionDays, isDryRun }) {
      const { data } = await api.once((client) =>
        client.rpc("delete_old_traces", {
          workspace_id: workspaceId,
          retention_days: retentionDays,
          dry_run: isDryRun,
        }),
      )
      const schema = deletedSchema.extend({ retention_cutoff: z.coerce.date() })
      const row = parseRow({ api, schema, row: firstRow(data) })
      const cutoff = row.retention_cutoff.toISOString().replace("Z", "000Z")
      return { traces: row.deleted_traces, memories: row.deleted_memory_items, cutoff }
    },
    async deleteWorkspace({ workspaceId, name }) {
      try {
        const { data } = await api.once((client) =>
          client.rpc("delete_workspace", { workspace_id: workspaceId, confirm_name: name }),
        )
        const row = parseRow({ api, schema: deletedSchema, row: firstRow(data) })
        return { traces: row.deleted_traces, memories: row.deleted_memory_items }
      } catch (error) {
        if (sqlStateOf(error) === notFound) return { traces: 0, memories: 0 }
        if (sqlStateOf(error) === "22023") throw wrongWorkspaceName({ workspaceId, name })
        throw error
      }
    },

    async recordRetrieval(retrieval) {
      await api.call("record_retrieval", retrievalParameters(retrieval))
    },
    async markRetrieval({ workspaceId, id, helpfulIds, unhelpfulIds, servedTraceId }) {
      try {
        await api.call("mark_retrieval", {
          workspace_id: workspaceId,
          event_id: id,
          helpful_ids: helpfulIds.map(memoryKey),
          unhelpful_ids: unhelpfulIds.map(memoryKey),
          served_trace_id:
            servedTraceId === null ? null : rowId({ kind: "trace", sourceId: servedTraceId }).id,
        })
        return true
      } catch (error) {
        if (sqlStateOf(error) === notFound) return false
        throw error
      }
    },
    readRetrieval: (key) => readRetrieval({ api, ...key }),

    async health() {
      const place = { backend: "supabase", location: api.location }
      try {
        const [row] = await api.callForRows("get_health", {})
        const { schema_version: version } = parseRow({ api, schema: healthSchema, row })
        return { isHealthy: true, ...place, version, problem: null }
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        return { isHealthy: false, ...place, version: null, problem }
      }
    },
    async close() {},
  }
}

const healthSchema = z.object({ schema_version: z.string().nullable() })

function firstRow(data: unknown): unknown {
  return Array.isArray(data) ? data[0] : data
}
