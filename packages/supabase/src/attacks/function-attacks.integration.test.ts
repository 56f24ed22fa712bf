import { randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import { beforeAll, expect, test } from "vitest"
import { askApi } from "../testing/ask-api.ts"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { publicFunctions } from "../testing/public-functions.ts"
import { userTables } from "../testing/public-tables.ts"
import { makeTwoTenants, type TwoTenants } from "../testing/two-tenants.ts"
import { anAddress, dataOf, signUp } from "../testing/users.ts"

const CLUSTER_ROWS = 400
const BOBS_ROWS = 10
const names = Object.keys(publicFunctions)
const namesFor = (callers: string) =>
  names.filter((name) => publicFunctions[name]?.callers === callers)

describeOnBothServers("functions and vectors", (server) => {
  let tenants: TwoTenants
  beforeAll(async () => {
    tenants = await makeTwoTenants(server())
  })

  const denied = (name: string) => ({
    status: 403,
    error: { code: "42501", message: `permission denied for function ${name}` },
  })

  test.each(namesFor("service"))(
    "attack 31: a user calls %s, which is the service role's",
    async (name) => {
      for (const { owner, ...tenant } of [tenants.a, tenants.b])
        expect(
          await owner.client.rpc(name, publicFunctions[name]?.arguments(tenant)),
        ).toMatchObject(denied(name))
    },
  )

  test.each(namesFor("users"))(
    "attack 31: the service role calls %s, which is a user's",
    async (name) => {
      const { a, service } = tenants
      expect(await service.rpc(name, publicFunctions[name]?.arguments(a))).toMatchObject(
        denied(name),
      )
    },
  )

  test("attack 31: whom a function is for, may call it", async () => {
    const { a, service } = await makeTwoTenants(server())
    const last = "delete_workspace"
    for (const name of [...names.filter((other) => other !== last), last]) {
      const called = publicFunctions[name]
      const client = called?.callers === "service" ? service : a.owner.client
      const { error } = await client.rpc(name, called?.arguments(a))
      expect([name, error?.code]).not.toEqual([name, "42501"])
    }
  })

  test("attack 33: a filter that fails can not show what it failed on", async () => {
    const { a, b } = tenants
    const paths = [
      "memory_items?select=id,content::integer",
      "memory_items?select=id,title::uuid&order=title",
      "memory_items?select=content::json",
      "memory_items?select=id,error_context->mistake::integer",
      "reasoning_traces?select=task::date",
      "archived_traces?select=trace->>task::integer",
      "retrieval_events?select=query_text::integer",
      "workspaces?select=name::integer",
      "memory_items?select=id&content=gt.1&title=match.((((",
      "memory_items?select=id&content=imatch.[",
      "memory_items?select=id&search_document=fts(nowhere).x",
      "memory_items?select=id&pattern_tags=cs.{",
      "memory_items?select=id&content_embedding=eq.[1,2]",
      "memory_items?select=id&evolution_stage=eq.99999999999999999999",
      "memory_items?select=id&order=content->x.asc",
    ]
    for (const path of paths) {
      for (const filter of ["", `&workspace_id=eq.${a.workspaceId}`]) {
        const accessToken = b.owner.accessToken
        const answer = await askApi(server(), { path: path + filter, accessToken })
        expect(answer.text).not.toContain(a.secret)
        expect([200, 400, 404]).toContain(answer.status)
      }
    }
  })

  test("attack 35: no policy runs in circles", async () => {
    const newcomer = await signUp(server(), anAddress("new"))
    for (const { client } of [tenants.a.owner, tenants.viewer, newcomer]) {
      for (const { table, columns } of userTables) {
        const { status, error } = await client.from(table).select(columns)
        expect([table, status, error]).toEqual([table, 200, null])
      }
    }
  })

  test("attacks 37 and 38: ten rows beside a neighbour's cluster", async () => {
    const { b, service } = tenants
    const neighbour = await signUp(server(), anAddress("neighbour"))
    const foreign: string = dataOf(
      await neighbour.client.rpc("create_workspace", { name: "Cluster" }),
    )
    const own: string = dataOf(await b.owner.client.rpc("create_workspace", { name: "Ten rows" }))
    const center = aVector(7)
    for (let start = 0; start < CLUSTER_ROWS; start += 200)
      await insert(
        foreign,
        Array.from({ length: 200 }, (_, index) => near({ center, seed: start + index })),
      )
    const mine = Array.from({ length: BOBS_ROWS }, (_, index) => aVector(1_000 + index))
    await insert(own, mine)

    const inside = Array.from({ length: 3 }, (_, index) => near({ center, seed: 5_000 + index }))
    const outside = [aVector(8), aVector(9), aVector(1_003)]
    for (const query of [...inside, ...outside]) {
      for (const workspace_filter of [[own], [own, foreign]]) {
        const asked = {
          query_embedding: JSON.stringify([...query]),
          match_count: BOBS_ROWS,
          workspace_filter,
        }
        const rows = dataOf(await b.owner.client.rpc("search_similar_memories", asked))
        const exact = mine.map((vector) => cosine(query, vector)).sort((x, y) => y - x)
        expect(rows.map((row: { workspace_id: string }) => row.workspace_id)).toEqual(
          Array(BOBS_ROWS).fill(own),
        )
        for (const [rank, row] of rows.entries())
          expect(row.similarity).toBeCloseTo(exact[rank] ?? 9, 5)
      }
    }
    expect((await service.from("workspaces").delete().in("id", [own, foreign])).error).toBeNull()

    async function insert(workspaceId: string, vectors: Float32Array[]) {
      const rows = vectors.map((vector, index) => ({
        workspace_id: workspaceId,
        id: randomUUID(),
        title: `Item ${index}`,
        content: "x",
        content_embedding: JSON.stringify([...vector]),
        embedding_status: "present",
        embedding_model: "all-MiniLM-L6-v2",
      }))
      expect((await service.from("memory_items").insert(rows)).error).toBeNull()
    }
  })

  test.each([
    [
      "search_similar_memories",
      { match_count: 0 },
      "22023",
      "match_count is 0, expected 1 to 1000",
    ],
    [
      "search_similar_memories",
      { match_count: -1 },
      "22023",
      "match_count is -1, expected 1 to 1000",
    ],
    [
      "search_similar_memories",
      { match_count: 1_000_000 },
      "22023",
      "match_count is 1000000, expected 1 to 1000",
    ],
    [
      "search_similar_memories",
      { match_count: null },
      "22023",
      "match_count is null, expected 1 to 1000",
    ],
    ["search_similar_memories", { match_count: 1e12 }, "22003", "out of range for type integer"],
    [
      "search_similar_memories",
      { match_count: "many" },
      "22P02",
      "invalid input syntax for type integer",
    ],
    [
      "search_similar_memories",
      { min_similarity: "NaN" },
      "22023",
      "min_similarity is NaN, expected -1 to 1",
    ],
    [
      "search_similar_memories",
      { min_similarity: "Infinity" },
      "22023",
      "min_similarity is Infinity, expected -1 to 1",
    ],
    [
      "search_similar_memories",
      { similarity_weight: "NaN" },
      "22023",
      "The weights of the score are",
    ],
    ["search_similar_memories", { recency_days: 0 }, "22023", "The weights of the score are"],
    [
      "search_similar_memories",
      { rank_by: "luck" },
      "22023",
      'rank_by is "luck", expected similarity or score',
    ],
    ["search_similar_traces", { match_count: 0 }, "22023", "match_count is 0, expected 1 to 1000"],
    [
      "search_similar_traces",
      { min_similarity: 2 },
      "22023",
      "min_similarity is 2, expected -1 to 1",
    ],
    [
      "search_memories",
      { match_count: 1_001, query_text: "x" },
      "22023",
      "match_count is 1001, expected 1 to 1000",
    ],
    [
      "search_memories",
      { query_text: " " },
      "22023",
      "query_text has 1 characters, expected 1 to 10000",
    ],
    [
      "search_memories",
      { query_text: "x".repeat(10_001) },
      "22023",
      "query_text has 10001 characters",
    ],
  ])("attack 39: %s with %o", async (name, given, code, message) => {
    const query_embedding = JSON.stringify([...aVector(1)])
    const answer = await tenants.b.owner.client.rpc(name, { query_embedding, ...given })
    expect(answer).toMatchObject({ status: 400, error: { code } })
    expect(answer.error?.message).toContain(message)
  })

  test.each([
    "list_memories",
    "list_traces",
    "list_recalled_memories",
    "list_never_recalled_memories",
  ])("attack 39: %s page sizes", async (name) => {
    for (const match_count of [0, -1, 1_001, null]) {
      const answer = await tenants.b.owner.client.rpc(name, { match_count })
      expect(answer).toMatchObject({ status: 400, error: { code: "22023" } })
    }
  })

  const ofNumbers = (text: string, dimensions = 384) => `[${Array(dimensions).fill(text)}]`
  test.each([
    [
      "383 dimensions",
      ofNumbers("0.1", 383),
      "22023",
      "query_embedding has 383 dimensions, expected 384",
    ],
    [
      "385 dimensions",
      ofNumbers("0.1", 385),
      "22023",
      "query_embedding has 385 dimensions, expected 384",
    ],
    ["no vector", null, "22023", "query_embedding has no dimensions, expected 384"],
    ["zeros", ofNumbers("0"), "22023", "query_embedding is the zero vector"],
    ["NaN", ofNumbers("NaN"), "22000", "NaN not allowed in vector"],
    ["Infinity", ofNumbers("Infinity"), "22000", "infinite value not allowed in vector"],
    ["no dimensions", "[]", "22000", "vector must have at least 1 dimension"],
    ["words", "hello", "22P02", "invalid input syntax for type vector"],
  ])("attack 40: a query of %s", async (_name, query_embedding, code, message) => {
    for (const name of ["search_similar_memories", "search_similar_traces", "search_memories"]) {
      const text = name === "search_memories" ? { query_text: "x" } : {}
      const answer = await tenants.b.owner.client.rpc(name, { query_embedding, ...text })
      expect(answer).toMatchObject({ status: 400, error: { code } })
      expect(answer.error?.message).toContain(message)
    }
  })

  test("attack 40: vectors of another model are not compared", async () => {
    const asked = { query_embedding: JSON.stringify([...aVector(1)]), query_model: "another" }
    const { status, error } = await tenants.b.owner.client.rpc("search_similar_memories", asked)
    expect([status, error?.code]).toEqual([400, "22023"])
    expect(error?.message).toContain('by "another", the stored vectors by "all-MiniLM-L6-v2"')
  })

  test("attack 41: a search leaves no setting behind", async () => {
    const settings = [
      "hnsw.ef_search",
      "hnsw.iterative_scan",
      "enable_sort",
      "jit",
      "search_path",
      "role",
    ]
    const show = {
      sql: settings
        .map((name) => `select '${name}', current_setting('${name}')`)
        .join(" union all "),
    }
    const embedding = JSON.stringify([...aVector(1)])
    const [, before, , , found, after] = await server().sql.transaction([
      { sql: "select '[1]'::extensions.vector" },
      show,
      { sql: "set local role service_role" },
      { sql: "set local role none" },
      {
        sql: `select id from public.search_similar_memories($1, 5, all_workspaces => true)`,
        parameters: [embedding],
      },
      show,
    ])
    expect(found).toHaveLength(5)
    expect(after).toEqual(before)
  })
})

/** A vector close to the center, the same for the same seed. */
function near(options: { center: Float32Array; seed: number }): Float32Array {
  const noise = aVector(20_000 + options.seed)
  return options.center.map((value, index) => value + 0.1 * (noise[index] ?? 0))
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, normA, normB] = [0, 0, 0]
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0
    dot += value * other
    normA += value * value
    normB += other * other
  }
  return dot / Math.sqrt(normA * normB)
}
