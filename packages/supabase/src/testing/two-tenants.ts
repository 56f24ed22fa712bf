import { randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import type { SupabaseClient } from "@supabase/supabase-js"
import type { ServerUnderTest } from "./describe-on-both-servers.ts"
import { anAddress, dataOf, makeClient, signUp, type TestUser } from "./users.ts"

/** One workspace with something in every table, and ids to attack it by. */
export type Tenant = {
  workspaceId: string
  name: string
  owner: TestUser
  /** In every text of the workspace and nowhere else. */
  secret: string
  traceId: string
  archivedTraceId: string
  memoryItemIds: string[]
  /** The first item of the trace. */
  memoryItemId: string
  eventId: string
  invitationToken: string
}

export type TwoTenants = {
  a: Tenant
  b: Tenant
  /** Members of A. */
  editor: TestUser
  viewer: TestUser
  service: SupabaseClient
  anon: SupabaseClient
}

/** Alice owns A, Bob owns B; A has an editor and a viewer too. */
export async function makeTwoTenants(server: ServerUnderTest): Promise<TwoTenants> {
  const service = makeClient(server, server.secretKey)
  const a = await makeTenant({ server, service, name: "Apollo", vectorSeed: 1 })
  const b = await makeTenant({ server, service, name: "Borealis", vectorSeed: 100 })
  const [editor, viewer] = [
    await signUp(server, anAddress("editor")),
    await signUp(server, anAddress("viewer")),
  ]
  for (const [{ email }, role] of [
    [editor, "editor"],
    [viewer, "viewer"],
  ] as const) {
    const granted = { email, workspace_ids: [a.workspaceId], role }
    dataOf(await service.rpc("grant_workspaces", granted))
  }
  return { a, b, editor, viewer, service, anon: makeClient(server, server.publishableKey) }
}

async function makeTenant(options: {
  server: ServerUnderTest
  service: SupabaseClient
  name: string
  vectorSeed: number
}): Promise<Tenant> {
  const { server, name, vectorSeed } = options
  const owner = await signUp(server, anAddress(name.toLowerCase()))
  const workspaceId: string = dataOf(await owner.client.rpc("create_workspace", { name }))
  const secret = `secret${randomUUID().replaceAll("-", "")}`
  const settings = { workspaceId, secret }

  const archived = aDocument({ ...settings, vectorSeed, createdAt: "2020-01-01T00:00:00Z" })
  await addTrace(owner, archived)
  dataOf(
    await owner.client.rpc("delete_old_traces", {
      workspace_id: workspaceId,
      retention_days: 30,
      dry_run: false,
      archive: true,
    }),
  )
  const document = aDocument({ ...settings, vectorSeed, items: 3 })
  await addTrace(owner, document)
  const memoryItemIds = document.memory_items.map(({ id }) => id)
  const eventId: string = dataOf(
    await owner.client.rpc("record_retrieval", {
      workspace_id: workspaceId,
      backend: "supabase",
      search_kind: "semantic",
      match_count: 10,
      result_ids: memoryItemIds,
      query_text: secret,
    }),
  )
  dataOf(
    await owner.client.rpc("save_memory_map", {
      workspace_id: workspaceId,
      embedding_model: "all-MiniLM-L6-v2",
      method: "pca",
      source_vectors: memoryItemIds.length,
      source_digest: secret,
      ids: memoryItemIds,
      x: memoryItemIds.map(() => 0),
      y: memoryItemIds.map(() => 0),
    }),
  )
  dataOf(
    await owner.client
      .from("saved_views")
      .insert({
        workspace_id: workspaceId,
        user_id: owner.id,
        page: "memories",
        name: secret,
        query: "errors=only",
      })
      .select("id"),
  )
  const [invitation] = dataOf(
    await owner.client.rpc("invite_to_workspace", {
      workspace_id: workspaceId,
      email: anAddress("invited"),
    }),
  )
  return {
    workspaceId,
    name,
    owner,
    secret,
    traceId: document.id,
    archivedTraceId: archived.id,
    memoryItemIds,
    memoryItemId: memoryItemIds[0] ?? "",
    eventId,
    invitationToken: invitation.token,
  }
}

/** A new trace with its memory items, as `add_trace` takes it. */
export function aDocument(options: {
  workspaceId: string
  secret?: string
  vectorSeed?: number
  items?: number
  createdAt?: string
}) {
  const { workspaceId, secret = "nothing", vectorSeed = 1, items = 1, createdAt } = options
  const vector = (offset: number) => [...aVector(vectorSeed + offset)]
  return {
    workspace_id: workspaceId,
    id: randomUUID(),
    task: `Find ${secret}`,
    task_embedding: vector(0),
    embedding_model: "all-MiniLM-L6-v2",
    outcome: "success",
    metadata: { note: secret },
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
    memory_items: Array.from({ length: items }, (_, index) => ({
      id: randomUUID(),
      title: `Item ${index} ${secret}`,
      content: `What was learned of ${secret}`,
      content_embedding: vector(index),
      embedding_model: "all-MiniLM-L6-v2",
      error_context: { mistake: secret },
      pattern_tags: [secret],
      difficulty_level: "moderate",
      domain_category: secret,
      links: [aLink(randomUUID())],
    })),
  }
}

/** A link as `add_trace` takes it. */
export function aLink(targetId: string, relation = "related") {
  return { relation, ordinal: 0, target_kind: "memory_item", target_id: targetId }
}

export async function addTrace(
  user: { client: SupabaseClient },
  document: object,
): Promise<string> {
  return dataOf(await user.client.rpc("add_trace", { document: JSON.stringify(document) }))
}
