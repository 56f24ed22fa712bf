import { randomUUID } from "node:crypto"
import { beforeAll, expect, test } from "vitest"
import { askApi } from "../testing/ask-api.ts"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { nowhere, publicFunctions, type Target } from "../testing/public-functions.ts"
import { publicTables, userTables } from "../testing/public-tables.ts"
import { readPublicFunctions, readPublicTables } from "../testing/read-exposed-names.ts"
import {
  aDocument,
  addTrace,
  aLink,
  makeTwoTenants,
  type TwoTenants,
} from "../testing/two-tenants.ts"
import { dataOf } from "../testing/users.ts"

describeOnBothServers("reading another's workspace", (server) => {
  let tenants: TwoTenants
  beforeAll(async () => {
    tenants = await makeTwoTenants(server())
  })

  /** Fails when an answer holds anything that belongs to A alone. */
  function expectNothingOfA(answer: unknown): void {
    const text = typeof answer === "string" ? answer : JSON.stringify(answer)
    for (const owned of [tenants.a.secret, tenants.a.workspaceId, ...tenants.a.memoryItemIds])
      expect(text).not.toContain(owned)
  }
  const asBob = () => ({ accessToken: tenants.b.owner.accessToken })

  test("the lists of tables and functions are those of the catalog", async () => {
    expect(await readPublicTables(server().sql)).toEqual(Object.keys(publicTables).sort())
    expect(await readPublicFunctions(server().sql)).toEqual(Object.keys(publicFunctions).sort())
  })

  test.each(userTables)("attack 1: all of $table without a filter", async (tested) => {
    const { table, columns, workspace } = tested
    const { a, b } = tenants
    const rows = dataOf(await b.owner.client.from(table).select(columns))
    expect(rows.length).toBeGreaterThan(0)
    const workspaces = rows.map((row) => Reflect.get(Object(row), workspace))
    expect(new Set(workspaces)).toEqual(new Set([b.workspaceId]))
    expectNothingOfA(rows)
    const owned = dataOf(await a.owner.client.from(table).select(columns))
    expect(owned.length).toBeGreaterThan(0)
  })

  test("attack 1: the invitation's token hash and the migration runs are nobody's to read", async () => {
    const { a } = tenants
    for (const asked of ["token_hash", "*"]) {
      const { status, error } = await a.owner.client.from("workspace_invitations").select(asked)
      expect([status, error?.code]).toEqual([403, "42501"])
    }
    const { status, error } = await a.owner.client.from("migration_runs").select()
    expect([status, error?.code]).toEqual([403, "42501"])
  })

  test.each(userTables)(
    "attack 2: a row of A in $table looks like one that is not",
    async (tested) => {
      const { table, columns, workspace } = tested
      const [row] = dataOf(await tenants.a.owner.client.from(table).select(columns).limit(1))
      const known = String(Reflect.get(Object(row), "id") ?? Reflect.get(Object(row), workspace))
      const column = Reflect.has(Object(row), "id") ? "id" : workspace
      const unknown = column === "id" && known.includes("-") ? randomUUID() : nowhere().workspaceId
      const ask = (value: string) =>
        askApi(server(), { path: `${table}?select=${columns}&${column}=eq.${value}`, ...asBob() })
      const [real, madeUp] = [await ask(known), await ask(unknown)]
      expect([real.status, real.text]).toEqual([200, "[]"])
      expect(madeUp).toMatchObject({ status: real.status, text: real.text })
      expect(shape(real.headers)).toEqual(shape(madeUp.headers))
    },
  )

  test.each(
    Object.keys(publicFunctions).filter(
      (name) => !["create_workspace", "get_health"].includes(name),
    ),
  )("attack 3: %s answers of A as of a workspace that is not", async (name) => {
    const before = await snapshotOfA()
    const call = async (target: Target) => {
      const body = publicFunctions[name]?.arguments(target)
      const answer = await askApi(server(), {
        path: `rpc/${name}`,
        method: "POST",
        body,
        ...asBob(),
      })
      expect([200, 400, 403, 404]).toContain(answer.status)
      return { status: answer.status, text: withoutIds({ text: answer.text, target }) }
    }
    const real = await call(tenants.a)
    expect(real).toEqual(await call(nowhere()))
    expectNothingOfA(real.text)
    expect(await snapshotOfA()).toEqual(before)
  })

  /** What of A must be as before whatever Bob does. */
  async function snapshotOfA(): Promise<unknown> {
    const statements = userTables.map(({ table, workspace }) => ({
      sql: `select count(*), md5(string_agg(t::text, '|' order by t::text)) as digest
        from public.${table} as t where t.${workspace} = $1`,
      parameters: [tenants.a.workspaceId],
    }))
    return server().sql.transaction(statements)
  }

  test.each(Object.keys(publicTables))("attack 4: anon reads %s", async (table) => {
    for (const question of [
      { path: table },
      { path: `${table}?select=count` },
      { path: `${table}?limit=0`, headers: { prefer: "count=exact" } },
    ]) {
      const answer = await askApi(server(), question)
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.text)).toMatchObject({
        code: "42501",
        message: `permission denied for table ${table}`,
      })
      expect(answer.headers.get("content-range")).toBeNull()
    }
  })

  test.each(Object.keys(publicFunctions))("attack 5: anon calls %s", async (name) => {
    const body = publicFunctions[name]?.arguments(tenants.a)
    const answer = await askApi(server(), { path: `rpc/${name}`, method: "POST", body })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({
      code: "42501",
      message: `permission denied for function ${name}`,
    })
  })

  test.each([
    "workspaces?select=id,workspace_members(*),reasoning_traces(*),memory_items(*)",
    "workspaces?select=*,workspace_invitations(id,email),retrieval_events(*,retrieval_results(*))",
    "memory_items?select=id,reasoning_traces(*),workspaces(*,archived_traces(*),lineage_links(*))",
    "reasoning_traces?select=*,workspaces!inner(*,workspace_members(*))",
    "workspace_members?select=*,workspaces(*,memory_items(*))",
  ])("attack 6: embedded in %s", async (path) => {
    const answer = await askApi(server(), { path, ...asBob() })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain(tenants.b.workspaceId)
    expectNothingOfA(answer.text)
  })

  test("attack 6: an embed filtered by the other's row finds nothing", async () => {
    const path = `memory_items?select=id,reasoning_traces!inner(id)&reasoning_traces.id=eq.${tenants.a.traceId}`
    expect(await askApi(server(), { path, ...asBob() })).toMatchObject({ status: 200, text: "[]" })
  })

  test("attack 7: counts and statistics are of the own rows", async () => {
    const { b } = tenants
    for (const { table, columns } of userTables) {
      const { count, data } = await b.owner.client.from(table).select(columns, { count: "exact" })
      expect(count).toBe(data?.length)
    }
    const [statistics] = dataOf(await b.owner.client.rpc("get_statistics"))
    expect(statistics).toMatchObject({
      total_traces: 1,
      total_memories: 3,
      memories_with_errors: 3,
    })
    expect(statistics.pattern_tag_frequency).toEqual({ [b.secret]: 3 })
    const rows = dataOf(
      await b.owner.client.rpc("list_workspace_statistics", { all_workspaces: true }),
    )
    expect(rows.map((row: { workspace_id: string }) => row.workspace_id)).toEqual([b.workspaceId])
    const growth = dataOf(await b.owner.client.rpc("get_daily_growth", { all_workspaces: true }))
    expect(growth).toMatchObject([{ traces: 1, memories: 3 }])
    expect(dataOf(await b.owner.client.rpc("get_health"))).toMatchObject([{ workspaces: 1 }])
  })

  test.each(["HEAD", "GET"])("attack 8: %s with an exact count and no rows", async (method) => {
    const headers = { prefer: "count=exact" }
    const ask = (filter: string) =>
      askApi(server(), { path: `memory_items?${filter}limit=0`, method, headers, ...asBob() })
    expect((await ask("")).headers.get("content-range")).toBe("*/3")
    const foreign = await ask(`workspace_id=eq.${tenants.a.workspaceId}&`)
    expect(foreign.headers.get("content-range")).toBe("*/0")
  })

  test("attack 9: paging past the end, in any order", async () => {
    const { a, b } = tenants
    for (const order of ["id.asc", "created_at.desc", "workspace_id.asc", "title.desc.nullslast"]) {
      const path = `memory_items?select=id,workspace_id&order=${order}&limit=1000&offset=`
      const first = await askApi(server(), { path: `${path}0`, ...asBob() })
      expect(JSON.parse(first.text)).toHaveLength(3)
      const past = await askApi(server(), { path: `${path}3`, ...asBob() })
      expect(past.text).toBe("[]")
      expectNothingOfA([first.text, past.text])
    }
    for (const cursor of [{ after_workspace_id: a.workspaceId, after_id: a.memoryItemId }, {}]) {
      const page = { after_created_at: "9999-01-01T00:00:00Z", ...cursor, match_count: 1000 }
      const rows = dataOf(await b.owner.client.rpc("list_memories", page))
      expect(rows).toHaveLength(3)
      expectNothingOfA(rows)
    }
  })

  test("attack 10: looking for a word that only A holds", async () => {
    const { a, b } = tenants
    const client = b.owner.client
    const items = () => client.from("memory_items").select("id")
    const found = [
      await items().ilike("content", `%${a.secret}%`),
      await items().like("title", `%${a.secret}%`),
      await items().textSearch("search_document", a.secret),
      await items().contains("pattern_tags", [a.secret]),
      await items().eq("error_context->>mistake", a.secret),
      await items().or(`domain_category.eq.${a.secret},title.match.${a.secret}`),
      await client.from("reasoning_traces").select("id").eq("metadata->>note", a.secret),
      await client.from("archived_traces").select("id").ilike("trace->>task", `%${a.secret}%`),
      await client.rpc("search_memories_by_keyword", { query_text: a.secret }),
      await client.rpc("search_memories_by_keyword", { query_text: a.secret.slice(0, 12) }),
      await client.rpc("list_memories", { tag_filter: [a.secret] }),
      await client.rpc("list_traces", { domain_filter: [a.secret] }),
    ]
    for (const answer of found) expectNothingOfA(dataOf(answer))
    expect(found.filter((_, index) => index !== 9).flatMap(({ data }) => data)).toEqual([])
    const own = { query_text: b.secret, match_count: 1000 }
    expect(dataOf(await client.rpc("search_memories_by_keyword", own))).toHaveLength(3)
  })

  test("attack 11: as CSV, as one object, in other schemas, over GraphQL", async () => {
    const asked = async (question: { path: string; headers?: Record<string, string> }) =>
      askApi(server(), { ...question, ...asBob() })
    const csv = await asked({ path: "memory_items?select=title", headers: { accept: "text/csv" } })
    expect(csv.headers.get("content-type")).toContain("text/csv")
    expect(csv.text.trim().split("\n")).toHaveLength(4)
    expectNothingOfA(csv.text)
    const anonCsv = await askApi(server(), {
      path: "memory_items",
      headers: { accept: "text/csv" },
    })
    expect(anonCsv.status).toBe(401)
    const single = await asked({
      path: `workspaces?id=eq.${tenants.a.workspaceId}`,
      headers: { accept: "application/vnd.pgrst.object+json" },
    })
    expect(single.status).toBe(406)
    expectNothingOfA(single.text)
    for (const [schema, table] of [
      ["private", "statistics_counts"],
      ["auth", "users"],
      ["supabase_migrations", "schema_migrations"],
      ["pg_catalog", "pg_roles"],
    ]) {
      const answer = await asked({ path: `${table}`, headers: { "accept-profile": `${schema}` } })
      expect(answer.status).toBe(406)
      expect(JSON.parse(answer.text)).toMatchObject({ code: "PGRST106" })
    }
    expect((await asked({ path: "/graphql/v1" })).status).toBe(404)
    for (const path of [
      "/_system/introspect",
      "/_system/config",
      "/storage/v1/bucket",
      "/pg/query",
    ])
      expect((await asked({ path })).status).toBe(404)
  })

  test("attack 12: the root tells anon and users no table", async () => {
    for (const question of [{}, asBob()]) {
      const { text } = await askApi(server(), { path: "/rest/v1/", ...question })
      for (const table of Object.keys(publicTables)) expect(text).not.toContain(`/${table}`)
    }
  })

  test("attacks 3 and 6: ancestors in A look like ancestors that are gone", async () => {
    const { a, b } = tenants
    const genealogyOf = async (parentId: string) => {
      const document = aDocument({ workspaceId: b.workspaceId })
      const [item] = document.memory_items
      if (item !== undefined) item.links = [aLink(parentId, "parent")]
      await addTrace(b.owner, document)
      const asked = { workspace_id: b.workspaceId, id: item?.id }
      const rows = dataOf(await b.owner.client.rpc("get_genealogy", asked))
      await b.owner.client.from("reasoning_traces").delete().eq("id", document.id)
      return rows.slice(1).map((row: object) => ({ ...row, id: null, linked_id: null }))
    }
    const foreign = await genealogyOf(a.memoryItemId)
    expect(foreign).toMatchObject([{ state: "redacted", workspace_id: null, title: null }])
    expect(foreign).toEqual(await genealogyOf(randomUUID()))
  })
})

/** Headers without the time, and without the question that one of them repeats. */
function shape(headers: Headers) {
  return [...headers].filter(([name]) => !["date", "content-location"].includes(name))
}

/** An answer may repeat what was asked. */
function withoutIds(options: { text: string; target: Target }): string {
  let { text } = options
  for (const [name, value] of Object.entries(options.target))
    if (typeof value === "string") text = text.replaceAll(value, `<${name}>`)
  return text.replaceAll(UUID, "<uuid>")
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
