import { randomUUID } from "node:crypto"
import type { SupabaseClient } from "@supabase/supabase-js"
import { beforeAll, expect, test } from "vitest"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { nowhere } from "../testing/public-functions.ts"
import { userTables } from "../testing/public-tables.ts"
import { aDocument, addTrace, makeTwoTenants, type TwoTenants } from "../testing/two-tenants.ts"
import { anAddress, dataOf, makeClient, testPassword } from "../testing/users.ts"

const FORBIDDEN = { status: 403, error: { code: "42501" } }

describeOnBothServers("writing into another's workspace", (server) => {
  let tenants: TwoTenants
  let bob: SupabaseClient
  let alice: SupabaseClient
  beforeAll(async () => {
    tenants = await makeTwoTenants(server())
    alice = tenants.a.owner.client
    bob = tenants.b.owner.client
  })

  const itemsOf = async (workspaceId: string) =>
    dataOf(
      await tenants.service
        .from("memory_items")
        .select()
        .eq("workspace_id", workspaceId)
        .order("ordinal"),
    )
  const anItem = (workspaceId: string, fields: object = {}) => ({
    workspace_id: workspaceId,
    id: randomUUID(),
    title: "Forged",
    content: "Forged",
    ...fields,
  })

  /** Whether A's workspace exists must not be told either. */
  async function expectRefusedAlike(
    attempt: (workspaceId: string) => PromiseLike<{ status: number; error: object | null }>,
  ): Promise<void> {
    const known = await attempt(tenants.a.workspaceId)
    expect(known).toMatchObject(FORBIDDEN)
    expect(await attempt(nowhere().workspaceId)).toMatchObject({
      status: known.status,
      error: known.error,
    })
  }

  test("attack 13: inserts into A's workspace", async () => {
    const { a } = tenants
    const before = await itemsOf(a.workspaceId)
    await expectRefusedAlike((id) => bob.from("memory_items").insert(anItem(id)))
    await expectRefusedAlike((id) => bob.from("memory_items").insert(anItem(id)).select())
    await expectRefusedAlike((id) =>
      bob.from("reasoning_traces").insert({ workspace_id: id, task: "Forged" }),
    )
    await expectRefusedAlike((id) =>
      bob.from("lineage_links").insert({
        workspace_id: id,
        child_kind: "memory_item",
        child_id: a.memoryItemId,
        relation: "parent",
        ordinal: 9,
        target_kind: "trace",
        target_id: a.traceId,
      }),
    )
    await expectRefusedAlike((id) =>
      bob.rpc("add_trace", { document: JSON.stringify(aDocument({ workspaceId: id })) }),
    )
    for (const [table, row] of [
      ["workspaces", { id: randomUUID(), name: "Mine" }],
      [
        "workspace_members",
        { workspace_id: a.workspaceId, user_id: tenants.b.owner.id, role: "owner" },
      ],
      ["workspace_invitations", { workspace_id: a.workspaceId, email: "mallory@example.com" }],
      ["retrieval_events", { workspace_id: a.workspaceId, backend: "x", search_kind: "semantic" }],
      ["retrieval_results", { workspace_id: a.workspaceId, event_id: a.eventId, rank: 9 }],
      ["archived_traces", { workspace_id: a.workspaceId, id: randomUUID() }],
      ["migration_runs", { id: randomUUID() }],
    ] as const) {
      expect(await bob.from(table).insert(row)).toMatchObject(FORBIDDEN)
      expect(await tenants.anon.from(table).insert(row)).toMatchObject({
        status: 401,
        error: { code: "42501" },
      })
    }
    expect(await itemsOf(a.workspaceId)).toEqual(before)
  })

  test("attack 13: a document for the own workspace can not smuggle an item into A's", async () => {
    const { a, b } = tenants
    const document = aDocument({ workspaceId: b.workspaceId })
    const memory_items = document.memory_items.map((item) => ({
      ...item,
      workspace_id: a.workspaceId,
      trace_id: a.traceId,
    }))
    await addTrace(b.owner, { ...document, memory_items })
    const id = document.memory_items[0]?.id
    const rows = dataOf(await tenants.service.from("memory_items").select().eq("id", id))
    expect(rows).toMatchObject([{ workspace_id: b.workspaceId, trace_id: document.id }])
    dataOf(await bob.from("reasoning_traces").delete().eq("id", document.id).select())
  })

  test("attack 14: a row made in the own workspace and moved to A's", async () => {
    const { a, b } = tenants
    for (const table of ["memory_items", "reasoning_traces"]) {
      const moved = await bob
        .from(table)
        .update({ workspace_id: a.workspaceId })
        .eq("workspace_id", b.workspaceId)
      expect(moved).toMatchObject(FORBIDDEN)
    }
    const moved = await bob.rpc("update_memory_item", {
      workspace_id: b.workspaceId,
      memory_item_id: b.memoryItemId,
      changes: JSON.stringify({ workspace_id: a.workspaceId }),
    })
    expect(moved).toMatchObject({ status: 400, error: { code: "22023" } })
    expect(await itemsOf(b.workspaceId)).toHaveLength(3)
  })

  test("attack 15: updates of A's rows", async () => {
    const { a } = tenants
    const before = await itemsOf(a.workspaceId)
    const change = { title: "Overwritten" }
    const answers = [
      await bob.from("memory_items").update(change).eq("id", a.memoryItemId).select(),
      await bob.from("memory_items").update(change).eq("workspace_id", a.workspaceId).select(),
      await bob
        .from("reasoning_traces")
        .update({ outcome: "failure" })
        .eq("id", a.traceId)
        .select(),
      await bob.from("workspaces").update({ name: "Taken" }).eq("id", a.workspaceId).select(),
      await bob
        .from("workspace_members")
        .update({ role: "viewer" })
        .eq("workspace_id", a.workspaceId)
        .select(),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, data: [] })
    await expectNotFoundAlike((id) =>
      bob.rpc("update_memory_item", {
        workspace_id: a.workspaceId,
        memory_item_id: id,
        changes: JSON.stringify(change),
      }),
    )
    expect(await itemsOf(a.workspaceId)).toEqual(before)
  })

  async function expectNotFoundAlike(
    attempt: (id: string) => PromiseLike<{ status: number; error: { message: string } | null }>,
  ): Promise<void> {
    const madeUp = randomUUID()
    const known = await attempt(tenants.a.memoryItemId)
    expect(known).toMatchObject({ status: 404, error: { code: "PT404" } })
    const unknown = await attempt(madeUp)
    expect(unknown.status).toBe(known.status)
    expect(unknown.error?.message.replace(madeUp, tenants.a.memoryItemId)).toBe(
      known.error?.message,
    )
  }

  test("attack 16: deletes of A's rows, and of everything", async () => {
    const { a, service } = tenants
    const count = async (table: string, workspace: string, id: string) =>
      (await service.from(table).select("*", { count: "exact", head: true }).eq(workspace, id))
        .count
    for (const { table, workspace } of userTables) {
      const before = await count(table, workspace, a.workspaceId)
      expect(before).toBeGreaterThan(0)
      const { status, error } = await bob.from(table).delete().eq(workspace, a.workspaceId)
      expect([204, 403]).toContain(status)
      if (status === 403) expect(error?.code).toBe("42501")
      expect(await count(table, workspace, a.workspaceId)).toBe(before)
    }
    const extra = tenants.b.workspaceId
    await addTrace(tenants.b.owner, aDocument({ workspaceId: extra, items: 2 }))
    const deleted = dataOf(
      await bob.from("memory_items").delete().neq("title", "").select("workspace_id"),
    )
    expect(new Set(deleted.map((row) => row.workspace_id))).toEqual(new Set([extra]))
    expect(await itemsOf(a.workspaceId)).toHaveLength(3)
  })

  test("attack 17: upserts onto A's keys", async () => {
    const { a, b } = tenants
    const before = await itemsOf(a.workspaceId)
    for (const id of [a.memoryItemId, randomUUID()]) {
      const row = { ...anItem(a.workspaceId), id }
      for (const ignoreDuplicates of [true, false]) {
        const onConflict = { onConflict: "workspace_id,id", ignoreDuplicates }
        const { status, error } = await bob.from("memory_items").upsert(row, onConflict)
        expect([status, error?.code]).toEqual([403, "42501"])
        expect(error?.message).not.toMatch(/duplicate|conflict|exists/)
      }
    }
    const own = await bob
      .from("memory_items")
      .insert({ ...anItem(b.workspaceId), id: a.memoryItemId })
      .select("title")
    expect(own).toMatchObject({ status: 201, data: [{ title: "Forged" }] })
    await bob.from("memory_items").delete().eq("id", a.memoryItemId)
    expect(await itemsOf(a.workspaceId)).toEqual(before)
  })

  test("attack 18: the foreign key tells no existing trace from a missing one", async () => {
    const { a, b } = tenants
    const insert = async (traceId: string) =>
      bob.from("memory_items").insert(anItem(b.workspaceId, { trace_id: traceId }))
    const known = await insert(a.traceId)
    expect(known).toMatchObject({ status: 409, error: { code: "23503" } })
    const madeUp = randomUUID()
    const unknown = await insert(madeUp)
    const told = JSON.stringify(unknown.error).replaceAll(madeUp, a.traceId)
    expect([unknown.status, told]).toEqual([known.status, JSON.stringify(known.error)])
  })

  test("attack 19: one foreign row among 500", async () => {
    const { a, b } = tenants
    const before = await itemsOf(b.workspaceId)
    const rows = Array.from({ length: 500 }, (_, index) =>
      anItem(index === 377 ? a.workspaceId : b.workspaceId),
    )
    expect(await bob.from("memory_items").insert(rows)).toMatchObject(FORBIDDEN)
    expect(await itemsOf(b.workspaceId)).toEqual(before)
    expect(await itemsOf(a.workspaceId)).toHaveLength(3)
  })

  test("attack 20: a viewer writes", async () => {
    const { a, viewer } = tenants
    const { client } = viewer
    const before = await itemsOf(a.workspaceId)
    expect(dataOf(await client.from("memory_items").select("id"))).toHaveLength(3)
    const refused = [
      await client.from("memory_items").insert(anItem(a.workspaceId)),
      await client.from("reasoning_traces").insert({ workspace_id: a.workspaceId, task: "Forged" }),
      await client.rpc("add_trace", { document: JSON.stringify(aDocument(a)) }),
      await client.rpc("update_memory_item", {
        workspace_id: a.workspaceId,
        memory_item_id: a.memoryItemId,
        changes: JSON.stringify({ title: "Forged" }),
      }),
      await client.rpc("delete_old_traces", {
        workspace_id: a.workspaceId,
        retention_days: 1,
        dry_run: false,
      }),
      await client.rpc("delete_old_retrievals", { workspace_id: a.workspaceId, retention_days: 1 }),
      await client.rpc("restore_archived_trace", {
        workspace_id: a.workspaceId,
        trace_id: a.archivedTraceId,
      }),
    ]
    for (const answer of refused) expect(answer).toMatchObject(FORBIDDEN)
    const untouched = [
      await client
        .from("memory_items")
        .update({ title: "Forged" })
        .eq("id", a.memoryItemId)
        .select(),
      await client.from("memory_items").delete().eq("id", a.memoryItemId).select(),
      await client.from("reasoning_traces").delete().eq("id", a.traceId).select(),
      await client.from("lineage_links").delete().eq("workspace_id", a.workspaceId).select(),
    ]
    for (const answer of untouched) expect(answer).toMatchObject({ status: 200, data: [] })
    expect(await itemsOf(a.workspaceId)).toEqual(before)
  })

  test.each(["editor", "viewer"] as const)(
    "attacks 20 and 21: a %s changes roles",
    async (role) => {
      const { a, service } = tenants
      const member = tenants[role]
      const members = async () =>
        dataOf(
          await service
            .from("workspace_members")
            .select("user_id,role")
            .eq("workspace_id", a.workspaceId)
            .order("user_id"),
        )
      const before = await members()
      const own = { workspace_id: a.workspaceId, user_id: member.id }
      const untouched = [
        await member.client.from("workspace_members").update({ role: "owner" }).match(own).select(),
        await member.client
          .from("workspace_members")
          .update({ role: "viewer" })
          .eq("role", "owner")
          .select(),
        await member.client.from("workspace_members").delete().eq("role", "owner").select(),
        await member.client
          .from("workspaces")
          .update({ name: "Taken" })
          .eq("id", a.workspaceId)
          .select(),
        await member.client.from("workspace_invitations").select("id"),
      ]
      for (const answer of untouched) expect(answer).toMatchObject({ status: 200, data: [] })
      const refused = [
        await member.client.from("workspace_members").insert({ ...own, role: "owner" }),
        await member.client.from("workspace_members").upsert({ ...own, role: "owner" }),
        await member.client.from("workspace_members").update({ user_id: a.owner.id }).match(own),
        await member.client.rpc("invite_to_workspace", {
          workspace_id: a.workspaceId,
          email: anAddress("accomplice"),
          role: "owner",
        }),
        await member.client.rpc("grant_workspaces", {
          email: member.email,
          workspace_ids: [a.workspaceId],
        }),
        await member.client.rpc("delete_workspace", {
          workspace_id: a.workspaceId,
          confirm_name: a.name,
        }),
      ]
      for (const answer of refused) expect(answer).toMatchObject(FORBIDDEN)
      expect(await members()).toEqual(before)
    },
  )

  test("attack 22: the last owner is removed", async () => {
    const { a } = tenants
    const own = { workspace_id: a.workspaceId, user_id: a.owner.id }
    const conflict = {
      status: 409,
      error: {
        code: "PT409",
        hint: "Make another member an owner first, or delete the workspace.",
      },
    }
    const members = alice.from("workspace_members")
    expect(await members.delete().match(own)).toMatchObject(conflict)
    expect(await members.delete().eq("workspace_id", a.workspaceId)).toMatchObject(conflict)
    expect(await members.update({ role: "viewer" }).match(own)).toMatchObject(conflict)
    expect(await members.update({ role: "editor" }).neq("role", "none")).toMatchObject(conflict)
    expect(await members.update({ role: "king" }).match(own)).toMatchObject({
      status: 400,
      error: { code: "23514" },
    })
    const rows = dataOf(await alice.from("workspace_members").select("role").match(own))
    expect(rows).toEqual([{ role: "owner" }])
  })

  test.each([
    ["memory_items", "created_at", "2020-01-01T00:00:00Z"],
    ["memory_items", "inserted_at", "2020-01-01T00:00:00Z"],
    ["memory_items", "updated_at", "2020-01-01T00:00:00Z"],
    ["memory_items", "embedding_model", "another"],
    ["memory_items", "embedding_status", "missing"],
    ["memory_items", "content_embedding", null],
    ["memory_items", "id", randomUUID()],
    ["memory_items", "trace_id", null],
    ["memory_items", "source_id", "another"],
    ["memory_items", "migration_run_id", randomUUID()],
    ["memory_items", "migrated_digest", null],
    ["memory_items", "notes", []],
    ["reasoning_traces", "created_at", "2020-01-01T00:00:00Z"],
    ["reasoning_traces", "task", "Another"],
    ["reasoning_traces", "embedding_model", "another"],
    ["reasoning_traces", "content_digest", null],
    ["reasoning_traces", "migration_run_id", randomUUID()],
    ["workspaces", "id", "another"],
    ["workspaces", "created_at", "2020-01-01T00:00:00Z"],
    ["workspace_members", "user_id", randomUUID()],
    ["workspace_members", "created_at", "2020-01-01T00:00:00Z"],
    ["workspace_invitations", "role", "owner"],
    ["retrieval_events", "user_id", randomUUID()],
    ["retrieval_results", "is_helpful", true],
    ["archived_traces", "archived_by", null],
  ])("attack 23: the owner sets %s.%s", async (table, column, value) => {
    const workspace = table === "workspaces" ? "id" : "workspace_id"
    const answer = await alice
      .from(table)
      .update({ [column]: value })
      .eq(workspace, tenants.a.workspaceId)
    expect(answer).toMatchObject(FORBIDDEN)
  })

  test.each([
    "migration_run_id",
    "migrated_digest",
    "inserted_at",
    "updated_at",
    "source_embedding",
  ])("attack 23: the owner inserts a row with a %s of her choice", async (column) => {
    const item = anItem(tenants.a.workspaceId, { [column]: null })
    expect(await alice.from("memory_items").insert(item)).toMatchObject(FORBIDDEN)
    const trace = { workspace_id: tenants.a.workspaceId, task: "Forged", [column]: null }
    expect(await alice.from("reasoning_traces").insert(trace)).toMatchObject(FORBIDDEN)
  })

  test("attack 24: metadata that a user writes of himself", async () => {
    const { a } = tenants
    const { email } = tenants.b.owner
    const client = makeClient(server(), server().publishableKey)
    const signedIn = await client.auth.signInWithPassword({ email, password: testPassword })
    expect(signedIn.error).toBeNull()
    const data = {
      role: "service_role",
      admin: true,
      workspace_id: a.workspaceId,
      workspaces: [a.workspaceId],
      sub: a.owner.id,
      email: a.owner.email,
      app_metadata: { role: "service_role" },
    }
    expect((await client.auth.updateUser({ data })).error).toBeNull()
    expect((await client.auth.refreshSession()).error).toBeNull()
    const rows = dataOf(await client.from("workspaces").select("id"))
    expect(rows).toEqual([{ id: tenants.b.workspaceId }])
    expect(dataOf(await client.rpc("get_health"))).toMatchObject([
      { role: "authenticated", workspaces: 1 },
    ])
    expect(await client.from("memory_items").insert(anItem(a.workspaceId))).toMatchObject(FORBIDDEN)
    expect(await client.rpc("rebuild_statistics")).toMatchObject(FORBIDDEN)
  })
})
