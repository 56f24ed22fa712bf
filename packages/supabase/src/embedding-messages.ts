import type {
  EmbeddingCounts,
  NewEmbedding,
  RowKey,
  RowKind,
  RowToEmbed,
} from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"
import { parseList } from "./run-messages.ts"
import type { StagedColumn } from "./staged-columns.ts"
import { stringifyRows } from "./stringify-rows.ts"

const columns: StagedColumn<NewEmbedding>[] = [
  { name: "kind", type: "text", value: ({ kind }) => kind },
  { name: "workspace_id", type: "text", value: ({ key }) => key.workspaceId },
  { name: "id", type: "uuid", value: ({ key }) => key.id },
  { name: "version", type: "text", value: ({ version }) => version },
  { name: "embedding", type: "vector", value: ({ vector }) => vector },
]

/** What `write_embeddings` takes. */
export function stringifyEmbeddings(embeddings: readonly NewEmbedding[]): string {
  return stringifyRows({ rows: embeddings, columns })
}

/** What `count_rows_to_embed` returns. */
export function parseEmbeddingCounts(text: string): EmbeddingCounts[] {
  return parseList(text).map((fields) => ({
    workspaceId: fields.text("workspace_id"),
    kind: fields.oneOf<RowKind>("kind", ["trace", "memory_item"]),
    rows: fields.integer("rows"),
    missing: fields.integer("missing"),
    stale: fields.integer("stale"),
    models: new Map(
      Object.keys(fields.object("models")).map((model) => [
        model,
        jsonFields(fields.object("models")).integer(model),
      ]),
    ),
  }))
}

/** What `read_traces_to_embed` and `read_memory_items_to_embed` return. */
export function parseRowsToEmbed({ text, kind }: { text: string; kind: RowKind }): RowToEmbed[] {
  return parseList(text).map((fields) => {
    const key = { workspaceId: fields.text("workspace_id"), id: fields.text("id") }
    const version = fields.text("version")
    if (kind === "trace") return { kind, key, version, task: fields.text("task") }
    const description = fields.textOrNull("description")
    return {
      ...{ kind, key, version, description },
      title: fields.text("title"),
      content: fields.text("content"),
    }
  })
}

/** What `clear_trace_embeddings` and `clear_memory_item_embeddings` return. */
export function parseKeys(text: string): RowKey[] {
  return parseList(text).map((fields) => ({
    workspaceId: fields.text("workspace_id"),
    id: fields.text("id"),
  }))
}
