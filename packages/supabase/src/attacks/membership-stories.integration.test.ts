import type { SupabaseClient } from "@supabase/supabase-js"
import { beforeAll, expect, test } from "vitest"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { nowhere } from "../testing/public-functions.ts"
import { aDocument, addTrace } from "../testing/two-tenants.ts"
import { anAddress, dataOf, makeClient, signUp, type TestUser } from "../testing/users.ts"

const NOT_OPEN = {
  status: 404,
  error: {
    code: "PT404",
    message:
      "This invitation is not open to you: it may be used, expired, withdrawn, or meant for another address",
    hint: "Sign in with the address that was invited, or ask for a new invitation.",
  },
}
const LAST_OWNER = { status: 409, error: { code: "PT409" } }

describeOnBothServers("members and invitations", (server) => {
  let service: SupabaseClient
  let owner: TestUser
  let workspaceId: string
  beforeAll(async () => {
    service = makeClient(server(), server().secretKey)
    owner = await signUp(server(), anAddress("owner"))
    workspaceId = dataOf(await owner.client.rpc("create_workspace", { name: "Shared" }))
    await addTrace(owner, aDocument({ workspaceId, items: 2 }))
  })

  const invite = async (email: string, role = "editor") => {
    const asked = { workspace_id: workspaceId, email, role }
    const [invitation] = dataOf(await owner.client.rpc("invite_to_workspace", asked))
    return { id: String(invitation.id), token: String(invitation.token) }
  }
  const accept = (user: TestUser, token: string) => user.client.rpc("accept_invitation", { token })
  const seen = async (user: TestUser) =>
    dataOf(await user.client.from("memory_items").select("id").eq("workspace_id", workspaceId))
  const member = async (role: string) => {
    const user = await signUp(server(), anAddress(role))
    const granted = { email: user.email, workspace_ids: [workspaceId], role }
    dataOf(await service.rpc("grant_workspaces", granted))
    return user
  }
  const placeOf = (user: TestUser, id = workspaceId) => ({ workspace_id: id, user_id: user.id })

  test("from sign-up to statistics", async () => {
    const user = await signUp(server(), anAddress("newcomer"))
    expect(dataOf(await user.client.from("workspaces").select("id"))).toEqual([])
    const id: string = dataOf(await user.client.rpc("create_workspace", { name: "  First  " }))
    expect(dataOf(await user.client.from("workspaces").select("id,name"))).toEqual([
      { id, name: "First" },
    ])
    const document = aDocument({ workspaceId: id, secret: "rounding", items: 3 })
    expect(await addTrace(user, document)).toBe("added")
    expect(await addTrace(user, document)).toBe("unchanged")
    const changed = JSON.stringify({ ...document, task: "Another task" })
    expect(await user.client.rpc("add_trace", { document: changed })).toMatchObject({
      status: 409,
      error: { code: "PT409", details: "trace_conflict", hint: "Give the trace a new id." },
    })

    const asked = {
      query_text: "what item 1 says of rounding",
      query_embedding: JSON.stringify(document.memory_items[1]?.content_embedding),
    }
    const found = dataOf(await user.client.rpc("search_memories", asked))
    expect(found[0]).toMatchObject({
      id: document.memory_items[1]?.id,
      trace_id: document.id,
      trace_outcome: "success",
      semantic_rank: 1,
    })
    expect(found[0].similarity).toBeCloseTo(1, 5)
    expect(found).toHaveLength(3)
    expect(dataOf(await user.client.rpc("get_statistics"))).toMatchObject([
      {
        total_traces: 1,
        success_rate: 100,
        total_memories: 3,
        embedding_coverage: 100,
        domain_distribution: { rounding: 3 },
      },
    ])
    expect(dataOf(await user.client.rpc("get_daily_growth"))).toMatchObject([
      { traces: 1, memories: 3 },
    ])
    const deleted = await user.client.rpc("delete_workspace", {
      workspace_id: id,
      confirm_name: "First",
    })
    expect(deleted.data).toEqual([{ deleted_traces: 1, deleted_memory_items: 3 }])
    expect(dataOf(await user.client.from("workspaces").select("id"))).toEqual([])
  })

  test("workspaces are granted to an account", async () => {
    const user = await signUp(server(), anAddress("granted"))
    const granted = {
      email: user.email.toUpperCase(),
      workspace_ids: [workspaceId],
      role: "viewer",
    }
    expect(dataOf(await service.rpc("grant_workspaces", granted))).toEqual([
      { workspace_id: workspaceId, status: "granted", token: null, expires_at: null },
    ])
    expect(await seen(user)).toHaveLength(2)
    dataOf(await service.rpc("grant_workspaces", { ...granted, role: "owner" }))
    dataOf(await service.rpc("grant_workspaces", { ...granted, role: "viewer" }))
    const members = dataOf(
      await user.client.rpc("list_workspace_members", { workspace_id: workspaceId }),
    )
    expect(members).toContainEqual(
      expect.objectContaining({ user_id: user.id, email: user.email, role: "owner" }),
    )
    expect(
      (await user.client.from("workspace_members").delete().match(placeOf(user))).error,
    ).toBeNull()
  })

  test("workspaces are granted to an address that signs up later", async () => {
    const email = anAddress("later")
    const granted = { email, workspace_ids: [workspaceId], role: "owner" }
    const [invitation] = dataOf(await service.rpc("grant_workspaces", granted))
    expect(invitation).toMatchObject({ workspace_id: workspaceId, status: "invited" })
    const user = await signUp(server(), email)
    expect(await seen(user)).toEqual([])
    expect(await accept(user, invitation.token)).toMatchObject({ status: 200, data: workspaceId })
    expect(await seen(user)).toHaveLength(2)
    expect(
      (await user.client.from("workspace_members").delete().match(placeOf(user))).error,
    ).toBeNull()
  })

  test("nothing is granted when one workspace is unknown", async () => {
    const user = await signUp(server(), anAddress("unlucky"))
    const granted = { email: user.email, workspace_ids: [workspaceId, nowhere().workspaceId] }
    expect(await service.rpc("grant_workspaces", granted)).toMatchObject({
      status: 404,
      error: { code: "PT404", hint: "Nothing was granted. Check the ids." },
    })
    expect(await seen(user)).toEqual([])
  })

  test("an invitation serves once, and only who was invited", async () => {
    const [invited, other] = [
      await signUp(server(), anAddress("invited")),
      await signUp(server(), anAddress("other")),
    ]
    const { id, token } = await invite(invited.email)
    expect(token).toMatch(/^invitation_[0-9a-f]{64}$/)
    const listed = await owner.client.from("workspace_invitations").select("*")
    expect(listed.error?.code).toBe("42501")
    expect(await accept(other, token)).toMatchObject(NOT_OPEN)
    expect(await accept(invited, `${token}0`)).toMatchObject(NOT_OPEN)
    expect(await accept(invited, token)).toMatchObject({ status: 200, data: workspaceId })
    expect(await accept(invited, token)).toMatchObject(NOT_OPEN)
    const [row] = dataOf(
      await owner.client
        .from("workspace_invitations")
        .select("email,role,accepted_at")
        .eq("id", id),
    )
    expect(row).toMatchObject({
      email: invited.email,
      role: "editor",
      accepted_at: expect.any(String),
    })
    expect(await seen(invited)).toHaveLength(2)
    expect(await addTrace(invited, aDocument({ workspaceId, items: 0 }))).toBe("added")
    expect(
      await owner.client.rpc("invite_to_workspace", {
        workspace_id: workspaceId,
        email: invited.email,
      }),
    ).toMatchObject({
      status: 409,
      error: { code: "PT409", hint: "Change the role of the member instead." },
    })
  })

  test("accepted at the same moment, it serves once", async () => {
    const invited = await signUp(server(), anAddress("hasty"))
    const { token } = await invite(invited.email)
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(invited, token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404])
  })

  test("an expired, a withdrawn and a replaced invitation are closed", async () => {
    const invited = await signUp(server(), anAddress("late"))
    const expired = await invite(invited.email)
    const past = { expires_at: "2020-01-01T00:00:00Z" }
    expect(
      (await service.from("workspace_invitations").update(past).eq("id", expired.id)).error,
    ).toBeNull()
    expect(await accept(invited, expired.token)).toMatchObject(NOT_OPEN)

    const withdrawn = await invite(invited.email)
    const gone = await owner.client.from("workspace_invitations").delete().eq("id", withdrawn.id)
    expect(gone.status).toBe(204)
    expect(await accept(invited, withdrawn.token)).toMatchObject(NOT_OPEN)

    const replaced = await invite(invited.email)
    const newest = await invite(invited.email, "viewer")
    expect(await accept(invited, replaced.token)).toMatchObject(NOT_OPEN)
    expect(await accept(invited, newest.token)).toMatchObject({ status: 200 })
  })

  test("an address that nobody confirmed takes up nothing", async () => {
    const invited = await signUp(server(), anAddress("unconfirmed"))
    const { token } = await invite(invited.email)
    await server().sql.transaction([
      {
        sql: "update auth.users set email_confirmed_at = null where id = $1",
        parameters: [invited.id],
      },
    ])
    expect(await accept(invited, token)).toMatchObject(NOT_OPEN)
    const granted = { email: invited.email, workspace_ids: [workspaceId] }
    expect(dataOf(await service.rpc("grant_workspaces", granted))).toMatchObject([
      { status: "invited" },
    ])
    expect(await seen(invited)).toEqual([])
  })

  test.each([
    [
      { email: "nobody" },
      '"nobody" is not an e-mail address',
      "Give an address such as name@example.com.",
    ],
    [{ role: "king" }, '"king" is not a role', "Give owner, editor or viewer."],
    [
      { expires_in: "1 year" },
      "An invitation can not expire in 1 year",
      "Give between 1 minute and 30 days.",
    ],
    [
      { expires_in: "-1 day" },
      "An invitation can not expire in -1 days",
      "Give between 1 minute and 30 days.",
    ],
  ])("an invitation with %o says what is wrong", async (wrong, message, hint) => {
    const asked = { workspace_id: workspaceId, email: anAddress("invited"), ...wrong }
    const { status, error } = await owner.client.rpc("invite_to_workspace", asked)
    expect([status, error?.code, error?.hint]).toEqual([400, "22023", hint])
    expect(error?.message).toBe(message)
  })

  test("who becomes a viewer writes no more, at once", async () => {
    const editor = await member("editor")
    const document = () => ({ document: JSON.stringify(aDocument({ workspaceId, items: 0 })) })
    expect((await editor.client.rpc("add_trace", document())).data).toBe("added")
    const demoted = await owner.client
      .from("workspace_members")
      .update({ role: "viewer" })
      .match(placeOf(editor))
      .select("role")
    expect(demoted.data).toEqual([{ role: "viewer" }])
    expect(await editor.client.rpc("add_trace", document())).toMatchObject({
      status: 403,
      error: { code: "42501" },
    })
    const deleted = await editor.client.from("memory_items").delete().neq("title", "").select("id")
    expect(deleted.data).toEqual([])
    expect(await seen(editor)).toHaveLength(2)
  })

  test("the last owner stays, one of two may go, and what is left is never ownerless", async () => {
    const [ada, bob] = [
      await signUp(server(), anAddress("ada")),
      await signUp(server(), anAddress("bob")),
    ]
    const id: string = dataOf(await ada.client.rpc("create_workspace", { name: "Two owners" }))
    const leave = (user: TestUser) =>
      user.client.from("workspace_members").delete().match(placeOf(user, id))
    expect(await leave(ada)).toMatchObject(LAST_OWNER)

    for (let round = 0; round < 5; round += 1) {
      for (const { email } of [ada, bob])
        dataOf(await service.rpc("grant_workspaces", { email, workspace_ids: [id] }))
      const answers = await Promise.all([leave(ada), leave(bob)])
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
      expect(answers.find(({ status }) => status === 409)).toMatchObject(LAST_OWNER)
      const owners = await service.from("workspace_members").select("role").eq("workspace_id", id)
      expect(owners.data).toEqual([{ role: "owner" }])
    }
    for (const { email } of [ada, bob])
      dataOf(await service.rpc("grant_workspaces", { email, workspace_ids: [id] }))
    const demote = (user: TestUser, other: TestUser) =>
      user.client.from("workspace_members").update({ role: "viewer" }).match(placeOf(other, id))
    const answers = await Promise.all([demote(ada, bob), demote(bob, ada)])
    expect(answers.filter(({ status }) => status === 204).length).toBeGreaterThan(0)
    const owners = await service
      .from("workspace_members")
      .select("user_id")
      .match({ workspace_id: id, role: "owner" })
    expect(owners.data).toHaveLength(1)
  })
})
