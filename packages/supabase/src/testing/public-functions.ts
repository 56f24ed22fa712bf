import { randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import { aDocument, type Tenant } from "./two-tenants.ts"

/** What can be named of a workspace when attacking it. */
export type Target = Pick<
  Tenant,
  | "workspaceId"
  | "name"
  | "secret"
  | "traceId"
  | "archivedTraceId"
  | "memoryItemId"
  | "eventId"
  | "invitationToken"
>

export type PublicFunction = {
  callers: "users" | "service" | "both"
  arguments: (target: Target) => Record<string, unknown>
}

/** Of the same shape as a real one, but nothing of it exists. */
export function nowhere(): Target {
  return {
    workspaceId: randomUUID().replaceAll("-", ""),
    name: "Nowhere",
    secret: `secret${randomUUID().replaceAll("-", "")}`,
    traceId: randomUUID(),
    archivedTraceId: randomUUID(),
    memoryItemId: randomUUID(),
    eventId: randomUUID(),
    invitationToken: `invitation_${randomUUID()}${randomUUID()}`.replaceAll("-", ""),
  }
}

const filtered = ({ workspaceId }: Target) => ({ workspace_filter: [workspaceId] })
const model = "all-MiniLM-L6-v2"
const vectorText = () => JSON.stringify([...aVector(1)])
const request = (value: object) => ({ request: JSON.stringify(value) })
const migrationKeys = ({ workspaceId, memoryItemId }: Target) => ({
  keys: JSON.stringify([{ workspace_id: workspaceId, id: memoryItemId }]),
})
const journalRequest = () => ({ request: JSON.stringify({ run_id: randomUUID() }) })
const inWorkspace = ({ workspaceId }: Target) => ({ page_size: 10, workspace_filter: workspaceId })
const pageToEmbed = (target: Target) => ({ ...inWorkspace(target), page_bytes: 1_000_000 })
const otherVectors = (target: Target) => ({ ...inWorkspace(target), other_than_model: "mallory" })
const both = (build: PublicFunction["arguments"]): PublicFunction => ({
  callers: "both",
  arguments: build,
})
const users = (build: PublicFunction["arguments"]): PublicFunction => ({
  callers: "users",
  arguments: build,
})
const service = (build: PublicFunction["arguments"]): PublicFunction => ({
  callers: "service",
  arguments: build,
})

/** Every function the API serves, who may call it, and a call that aims at a workspace. A new one has its place here. */
export const publicFunctions: Record<string, PublicFunction> = {
  accept_invitation: users(({ invitationToken }) => ({ token: invitationToken })),
  add_trace: both(({ workspaceId, secret }) => ({
    document: JSON.stringify(aDocument({ workspaceId, secret })),
  })),
  clear_memory_item_embeddings: service(otherVectors),
  clear_trace_embeddings: service(otherVectors),
  compare_nearest: service(({ workspaceId }) =>
    request({
      kind: "memory_item",
      workspace_id: workspaceId,
      model: "all-MiniLM-L6-v2",
      embedding: vectorText(),
      match_count: 3,
    }),
  ),
  compare_statistics: service(({ workspaceId }) => request({ workspace_id: workspaceId })),
  count_migrated_rows: service(() => ({ run_id: randomUUID() })),
  count_rows_to_embed: service(({ workspaceId }) => ({
    model: "mallory",
    workspace_filter: workspaceId,
  })),
  create_workspace: users(() => ({ name: "Another" })),
  delete_old_retrievals: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    retention_days: 1,
    dry_run: false,
  })),
  delete_old_traces: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    retention_days: 1,
    dry_run: false,
  })),
  delete_workspace: both(({ workspaceId, name }) => ({
    workspace_id: workspaceId,
    confirm_name: name,
  })),
  describe_migrated_source: service(() => request({ source_identity: "attack" })),
  describe_migration_target: service(() => ({})),
  explain_changed_rows: service(({ workspaceId, memoryItemId, traceId }) =>
    request({
      kind: "memory_item",
      keys: [{ workspace_id: workspaceId, id: memoryItemId, trace_id: traceId }],
    }),
  ),
  list_owed_indexes: service(() => ({})),
  find_latest_migration_run: service(() => ({ source_identity: "attack" })),
  find_similar_memories: both(({ workspaceId, memoryItemId }) => ({
    workspace_id: workspaceId,
    memory_item_id: memoryItemId,
    workspace_filter: [workspaceId],
  })),
  finish_migration_run: service(() => ({
    run_id: randomUUID(),
    status: "verified",
    report: "{}",
  })),
  finish_migration_verification: service(() =>
    request({ id: randomUUID(), status: "verified", report: "{}" }),
  ),
  get_daily_growth: both(filtered),
  get_genealogy: both(({ workspaceId, memoryItemId }) => ({
    workspace_id: workspaceId,
    id: memoryItemId,
  })),
  get_health: both(() => ({})),
  get_migration_run: both(() => ({ run_id: randomUUID() })),
  get_memory_map: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    embedding_model: model,
  })),
  get_memory_map_source: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    embedding_model: model,
  })),
  get_retrieval_latency: both(filtered),
  get_retrieval_statistics: both(filtered),
  get_statistics: both(filtered),
  get_trace: both(({ workspaceId, traceId }) => ({ workspace_id: workspaceId, id: traceId })),
  grant_workspaces: service(({ workspaceId }) => ({
    email: "mallory@example.com",
    workspace_ids: [workspaceId],
  })),
  invite_to_workspace: users(({ workspaceId }) => ({
    workspace_id: workspaceId,
    email: "mallory@example.com",
    role: "owner",
  })),
  list_memories: both(filtered),
  list_migrated_rows: service(() =>
    request({ source_identity: "attack", kind: "memory_item", page_size: 10 }),
  ),
  list_migration_batches: service(journalRequest),
  list_migration_runs: both(() => ({})),
  list_never_recalled_memories: both(filtered),
  list_open_links: service(({ workspaceId }) =>
    request({ workspace_id: workspaceId, page_size: 10 }),
  ),
  list_recalled_memories: both(filtered),
  list_rollback_obstacles: service(journalRequest),
  list_traces: both(filtered),
  list_workspace_members: both(({ workspaceId }) => ({ workspace_id: workspaceId })),
  list_workspace_migration_runs: both(({ workspaceId }) => ({ workspace_id: workspaceId })),
  list_workspace_statistics: both(filtered),
  mark_retrieval: both(({ workspaceId, eventId, memoryItemId }) => ({
    workspace_id: workspaceId,
    event_id: eventId,
    unhelpful_ids: [memoryItemId],
  })),
  read_memory_items_to_embed: service(pageToEmbed),
  read_migrated_memory_items: service(migrationKeys),
  read_migrated_reasoning_traces: service(migrationKeys),
  read_migration_runs: service(journalRequest),
  read_traces_to_embed: service(pageToEmbed),
  rebuild_statistics: service(filtered),
  record_retrieval: both(({ workspaceId, memoryItemId }) => ({
    workspace_id: workspaceId,
    backend: "supabase",
    search_kind: "semantic",
    match_count: 1,
    result_ids: [memoryItemId],
  })),
  reduce_memory_vectors: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    embedding_model: model,
    axes: [vectorText()],
  })),
  renew_migration_lease: service(journalRequest),
  restore_archived_trace: both(({ workspaceId, archivedTraceId }) => ({
    workspace_id: workspaceId,
    trace_id: archivedTraceId,
  })),
  save_migration_verification: service(() => request({ id: randomUUID(), checkpoint: "{}" })),
  sample_memory_vectors: both(({ workspaceId }) => ({
    workspace_id: workspaceId,
    embedding_model: model,
  })),
  save_memory_map: both(({ workspaceId, memoryItemId }) => ({
    workspace_id: workspaceId,
    embedding_model: model,
    method: "pca",
    source_vectors: 1,
    source_digest: "attack",
    ids: [memoryItemId],
    x: [0],
    y: [0],
  })),
  roll_back_migration_rows: service(journalRequest),
  search_memories: both((target) => ({
    query_text: target.secret,
    query_embedding: vectorText(),
    ...filtered(target),
  })),
  search_memories_by_keyword: both((target) => ({
    query_text: target.secret,
    ...filtered(target),
  })),
  search_similar_memories: both((target) => ({
    query_embedding: vectorText(),
    ...filtered(target),
  })),
  search_similar_memories_exactly: both((target) => ({
    query_embedding: vectorText(),
    ...filtered(target),
  })),
  search_similar_traces: both((target) => ({
    query_embedding: vectorText(),
    ...filtered(target),
  })),
  start_migration_rollback: service(journalRequest),
  start_migration_run: service(() => ({ run: JSON.stringify({ id: randomUUID() }) })),
  start_migration_verification: service(() =>
    request({ id: randomUUID(), source_identity: "attack", binding: "attack" }),
  ),
  update_memory_item: both(({ workspaceId, memoryItemId }) => ({
    workspace_id: workspaceId,
    memory_item_id: memoryItemId,
    changes: JSON.stringify({ title: "Overwritten" }),
  })),
  write_embeddings: service(({ workspaceId: workspace_id, memoryItemId: id }) => ({
    model: "all-MiniLM-L6-v2",
    embeddings: JSON.stringify([{ kind: "memory_item", workspace_id, id, version: "1" }]),
  })),
  write_migration_batch: service(() => ({ run_id: randomUUID(), batch: "{}" })),
}
