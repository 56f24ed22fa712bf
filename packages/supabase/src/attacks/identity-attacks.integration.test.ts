import { createClient } from "@supabase/supabase-js"
import { beforeAll, expect, test } from "vitest"
import { askApi } from "../testing/ask-api.ts"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { publicFunctions } from "../testing/public-functions.ts"
import { userTables } from "../testing/public-tables.ts"
import { signToken } from "../testing/sign-token.ts"
import { aDocument, makeTwoTenants, type TwoTenants } from "../testing/two-tenants.ts"
import { anAddress, dataOf, signUp } from "../testing/users.ts"

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

describeOnBothServers("being somebody else", (server) => {
  let tenants: TwoTenants
  beforeAll(async () => {
    tenants = await makeTwoTenants(server())
  })

  const aToken = (settings: Partial<Parameters<typeof signToken>[0]> = {}) =>
    signToken({ key: server().jwtSecret, userId: tenants.a.owner.id, ...settings })
  const inHours = (hours: number) => Math.floor(Date.now() / 1_000) + hours * 3_600

  test("a token made like this and not tampered with is good", async () => {
    const answer = await askApi(server(), { path: "memory_items?select=id", accessToken: aToken() })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toHaveLength(3)
  })

  test.each([
    ["25: expired", () => aToken({ claims: { exp: inHours(-1) } })],
    ["25: not signed (alg none)", () => aToken({ algorithm: "none" })],
    [
      "25: alg none with a service role",
      () => aToken({ algorithm: "none", claims: { role: "service_role" } }),
    ],
    [
      "25: signed with another key",
      () => aToken({ key: "another secret of at least 32 characters" }),
    ],
    ["25: signed with an empty key", () => aToken({ key: "" })],
    ["25: signed with the publishable key", () => aToken({ key: server().publishableKey })],
    ["25: another algorithm", () => aToken({ algorithm: "HS512" })],
    ["25: its signature cut off", () => aToken().slice(0, -10)],
    [
      "25: its user exchanged under the old signature",
      () => exchangeClaims({ sub: tenants.a.owner.id }),
    ],
    ["25: not yet valid", () => aToken({ claims: { nbf: inHours(1) } })],
    ["25: meant for another audience", () => aToken({ claims: { aud: "another-service" } })],
    ["25: meant for other audiences", () => aToken({ claims: { aud: ["one", "two"] } })],
    ["25: never expiring", () => aToken({ claims: { exp: null } })],
    ["25: nonsense", () => "nonsense"],
    ["25: three dots", () => "..."],
    [
      "28: a service role under the user's signature",
      () => exchangeClaims({ role: "service_role" }),
    ],
    [
      "28: a service role under a key of his own",
      () => aToken({ key: "mine", claims: { role: "service_role" } }),
    ],
    [
      "28: the database's owner under a key of his own",
      () => aToken({ key: "mine", claims: { role: "postgres" } }),
    ],
  ])("attack %s", async (_name, makeToken) => {
    const accessToken = makeToken()
    for (const question of [
      { path: "memory_items?select=id" },
      { path: "rpc/get_statistics", method: "POST", body: { all_workspaces: true } },
      {
        path: "reasoning_traces",
        method: "POST",
        body: { workspace_id: tenants.a.workspaceId, task: "x" },
      },
    ]) {
      const answer = await askApi(server(), { ...question, accessToken })
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.text)).toMatchObject({ code: expect.stringMatching(/^PGRST30/) })
      expect(answer.text).not.toContain(tenants.a.secret)
    }
    const user = await askApi(server(), { path: "/auth/v1/user", accessToken })
    expect([401, 403]).toContain(user.status)
  })

  test.each(["postgres", "nobody", "pg_read_all_data", "supabase_admin", ""])(
    "attack 28: even a well-signed token can not make the API take the role '%s'",
    async (role) => {
      const accessToken = aToken({ claims: { role } })
      const answer = await askApi(server(), { path: "memory_items?select=id", accessToken })
      expect(answer.status).toBe(403)
      expect(JSON.parse(answer.text)).toMatchObject({
        code: "42501",
        message: `permission denied to set role "${role}"`,
      })
    },
  )

  test("attack 29: a link that somebody is made to open writes nothing", async () => {
    const { accessToken, client } = tenants.a.owner
    const before = dataOf(await client.from("workspaces").select("id"))
    for (const method of ["GET", "HEAD"]) {
      for (const path of [
        "rpc/create_workspace?name=Forged",
        `rpc/delete_workspace?workspace_id=${tenants.a.workspaceId}&confirm_name=${tenants.a.name}`,
        `rpc/delete_old_traces?workspace_id=${tenants.a.workspaceId}&retention_days=1&dry_run=false`,
        `rpc/accept_invitation?token=${tenants.a.invitationToken}`,
      ]) {
        const { status } = await askApi(server(), { path, method, accessToken })
        expect([400, 404, 405]).toContain(status)
      }
    }
    expect(dataOf(await client.from("workspaces").select("id"))).toEqual(before)
    expect(dataOf(await client.from("memory_items").select("id"))).toHaveLength(3)
  })

  /** Bob's own token with other claims and the signature it had. */
  function exchangeClaims(claims: object): string {
    const [head, body = "", signature] = tenants.b.owner.accessToken.split(".")
    const forged = { ...JSON.parse(Buffer.from(body, "base64url").toString()), ...claims }
    return [head, Buffer.from(JSON.stringify(forged)).toString("base64url"), signature].join(".")
  }

  test.each(["authorization", "apikey"])("attack 25: a wrong key in %s", async (name) => {
    for (const key of ["sb_publishable_wrong", "sb_secret_wrong", "eyJhbGciOiJub25lIn0.e30."]) {
      const question = {
        path: "memory_items?select=id",
        apikey: name === "apikey" ? key : server().publishableKey,
        headers: name === "authorization" ? { authorization: `Bearer ${key}` } : {},
      }
      const answer = await askApi(server(), question)
      expect(answer.status).toBe(401)
      expect(answer.text).not.toContain(tenants.a.secret)
    }
    expect((await askApi(server(), { path: "memory_items", apikey: null })).status).toBe(401)
  })

  test("attack 26: a removed member keeps a valid token and nothing else", async () => {
    const { a, service } = tenants
    const member = await signUp(server(), anAddress("removed"))
    const granted = { email: member.email, workspace_ids: [a.workspaceId], role: "editor" }
    dataOf(await service.rpc("grant_workspaces", granted))
    expect(dataOf(await member.client.from("memory_items").select("id"))).toHaveLength(3)

    const own = { workspace_id: a.workspaceId, user_id: member.id }
    expect((await a.owner.client.from("workspace_members").delete().match(own)).status).toBe(204)

    for (const { table, columns } of userTables)
      expect(await member.client.from(table).select(columns)).toMatchObject({
        status: 200,
        data: [],
      })
    const [statistics] = dataOf(await member.client.rpc("get_statistics"))
    expect(statistics).toMatchObject({ total_traces: 0, total_memories: 0, content_bytes: 0 })
    for (const name of [
      "add_trace",
      "delete_old_traces",
      "list_workspace_members",
      "record_retrieval",
    ]) {
      const answer = await member.client.rpc(name, publicFunctions[name]?.arguments(a))
      expect(answer).toMatchObject({ status: 403, error: { code: "42501" } })
    }
    const found = await member.client.rpc("search_memories_by_keyword", { query_text: a.secret })
    expect(found.data).toEqual([])
    const user = await askApi(server(), { path: "/auth/v1/user", accessToken: member.accessToken })
    expect(user.status).toBe(200)
  })

  test("attack 27: an anonymous sign-in", async () => {
    const { a, anon } = tenants
    expect((await anon.auth.signInAnonymously()).error?.status).toBe(422)
    // Where a project allows them, they come as authenticated with this claim, here even as a member.
    const accessToken = aToken({ claims: { is_anonymous: true } })
    for (const { table, columns } of userTables) {
      const answer = await askApi(server(), { path: `${table}?select=${columns}`, accessToken })
      expect([answer.status, answer.text]).toEqual([200, "[]"])
    }
    for (const [name, { callers, ...call }] of Object.entries(publicFunctions)) {
      if (callers === "service") continue
      const body = call.arguments(a)
      const answer = await askApi(server(), {
        path: `rpc/${name}`,
        method: "POST",
        body,
        accessToken,
      })
      expect(answer.text).not.toContain(`Item 0 ${a.secret}`)
      expect(answer.text).not.toContain(a.memoryItemIds[1])
      if (
        ["create_workspace", "accept_invitation", "add_trace", "invite_to_workspace"].includes(name)
      )
        expect(answer.status).toBe(403)
    }
    expect(dataOf(await a.owner.client.from("memory_items").select("id"))).toHaveLength(3)
  })

  test.each<Record<string, string>>([
    { role: "service_role" },
    { "x-role": "service_role", "x-hasura-role": "service_role" },
    { "x-workspace-id": "A" },
    { "request.jwt.claims": '{"role":"service_role"}' },
    { "x-supabase-role": "service_role", "x-user-id": "A" },
    { prefer: "role=service_role, tx=commit" },
    { "x-forwarded-user": "postgres", "x-forwarded-host": "localhost" },
  ])("attack 29: the headers %o", async (given) => {
    const { a, b } = tenants
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === "A" ? a.workspaceId : value]),
    )
    const path = "memory_items?select=workspace_id"
    const answer = await askApi(server(), { path, headers, accessToken: b.owner.accessToken })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual(Array(3).fill({ workspace_id: b.workspaceId }))
    expect((await askApi(server(), { path, headers })).status).toBe(401)
  })

  test.each([
    "set_config",
    "pg_catalog.set_config",
    "my_workspaces",
    "my_workspaces_as",
    "add_member",
    "caller_is_trusted",
    "apply_statistics_changes",
    "pg_sleep",
    "version",
    "current_setting",
    "uid",
    "jwt",
  ])("attack 29: %s is not callable", async (name) => {
    const body = name.endsWith("set_config")
      ? {
          setting_name: "request.jwt.claims",
          new_value: '{"role":"service_role"}',
          is_local: false,
        }
      : {}
    for (const headers of [
      {},
      { "content-profile": "private" },
      { "content-profile": "pg_catalog" },
    ]) {
      const answer = await askApi(server(), {
        path: `rpc/${name}`,
        method: "POST",
        body,
        headers,
        accessToken: tenants.b.owner.accessToken,
      })
      expect([404, 406]).toContain(answer.status)
    }
  })

  test("attack 30: the secret key from a browser", async () => {
    const question = { path: "memory_items?select=id", apikey: server().secretKey }
    expect((await askApi(server(), question)).status).toBe(200)
    const headers = { "user-agent": BROWSER }
    const answer = await askApi(server(), { ...question, headers })
    expect(answer.status).toBe(401)
    expect(answer.text).not.toContain(tenants.a.memoryItemId)
  })

  test("attack 30: the secret key together with a user's token acts as that user", async () => {
    const { b } = tenants
    const client = createClient(server().url, server().secretKey, {
      accessToken: async () => b.owner.accessToken,
    })
    const rows = dataOf(await client.from("memory_items").select("workspace_id"))
    expect(rows).toEqual(Array(3).fill({ workspace_id: b.workspaceId }))
    const document = JSON.stringify(aDocument({ workspaceId: tenants.a.workspaceId }))
    expect(await client.rpc("add_trace", { document })).toMatchObject({ status: 403 })
    expect(await client.rpc("rebuild_statistics")).toMatchObject({ status: 403 })
  })
})
