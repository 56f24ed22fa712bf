import { randomInt, randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import { expect, test } from "vitest"
import { describeOnBothServers } from "../testing/describe-on-both-servers.ts"
import { userTables } from "../testing/public-tables.ts"
import { createSeededRandom } from "../testing/seeded-random.ts"
import { aDocument, makeTwoTenants, type Tenant } from "../testing/two-tenants.ts"
import { dataOf } from "../testing/users.ts"

const [firstTable, ...otherTables] = userTables
const REQUESTS = 2_000
const AT_ONCE = 32

describeOnBothServers("interleaved requests", (server) => {
  test(`of ${REQUESTS}, none shows a row of another`, { timeout: 300_000 }, async () => {
    const { a, b, anon, service } = await makeTwoTenants(server())
    const random = createSeededRandom(randomInt(2 ** 31))
    console.log(`seed ${random.seed}`)
    if (firstTable === undefined) throw new Error("There are tables.")
    const tables = [firstTable, ...otherTables] as const
    const counts: Record<string, number> = {}
    let rowsSeen = 0

    /** Every row names its workspace: it has to be the asker's. */
    const expectOwn = (rows: unknown, { workspaceId }: Tenant) => {
      for (const row of Array.isArray(rows) ? rows : [rows]) {
        expect(Reflect.get(Object(row), "workspace_id")).toBe(workspaceId)
        rowsSeen += 1
      }
    }
    const FORBIDDEN = { status: 403, error: { code: "42501" } }
    const asked = (tenant: Tenant) => ({
      query_embedding: JSON.stringify([...aVector(random.below(200))]),
      query_text: `What secret ${tenant.secret}`,
    })

    const asUser: Record<string, (own: Tenant, other: Tenant) => Promise<void>> = {
      reads: async ({ owner, ...own }) => {
        const { table, columns, workspace } = random.pick(tables)
        const rows = dataOf(await owner.client.from(table).select(columns).limit(8))
        for (const row of rows) expect(Reflect.get(Object(row), workspace)).toBe(own.workspaceId)
        rowsSeen += rows.length
      },
      "reads the other's": async ({ owner }, other) => {
        const { table, columns, workspace } = random.pick(tables)
        const answer = await owner.client
          .from(table)
          .select(columns)
          .eq(workspace, other.workspaceId)
        expect(answer).toMatchObject({ status: 200, data: [] })
      },
      searches: async (own) => {
        const { query_embedding } = asked(own)
        const rows = dataOf(
          await own.owner.client.rpc("search_similar_memories", {
            query_embedding,
            match_count: 5,
          }),
        )
        expectOwn(rows, own)
      },
      "searches for words too": async (own) => {
        const { query_text, query_embedding } = asked(own)
        const rows = await own.owner.client.rpc("search_memories", {
          query_text,
          query_embedding,
          match_count: 5,
        })
        expectOwn(dataOf(rows), own)
      },
      "searches the other's": async (own, other) => {
        const workspace_filter = [other.workspaceId]
        const { query_embedding } = asked(own)
        const found = await own.owner.client.rpc("search_similar_memories", {
          query_embedding,
          workspace_filter,
        })
        expect(found).toMatchObject({ status: 200, data: [] })
      },
      "looks for the other's words": async (own, other) => {
        const workspace_filter = [other.workspaceId]
        const text = { query_text: other.secret, workspace_filter }
        expect(await own.owner.client.rpc("search_memories_by_keyword", text)).toMatchObject({
          status: 200,
          data: [],
        })
      },
      counts: async (own) => {
        const [statistics] = dataOf(await own.owner.client.rpc("get_statistics"))
        expect(statistics.pattern_tag_frequency).toMatchObject({ [own.secret]: expect.any(Number) })
        expect(Object.keys(statistics.pattern_tag_frequency)).toEqual([own.secret])
      },
      "asks who it is": async (own) => {
        expect(dataOf(await own.owner.client.rpc("get_health"))).toMatchObject([
          { role: "authenticated", workspaces: 1 },
        ])
      },
      adds: async (own) => {
        const { workspaceId, secret } = own
        const document = JSON.stringify(
          aDocument({ workspaceId, secret, vectorSeed: random.below(200) }),
        )
        expect(dataOf(await own.owner.client.rpc("add_trace", { document }))).toBe("added")
      },
      "adds to the other's": async (own, other) => {
        const document = JSON.stringify(aDocument({ workspaceId: other.workspaceId }))
        expect(await own.owner.client.rpc("add_trace", { document })).toMatchObject(FORBIDDEN)
      },
      "inserts into the other's": async (own, other) => {
        const row = { workspace_id: other.workspaceId, title: "Forged", content: "Forged" }
        expect(await own.owner.client.from("memory_items").insert(row)).toMatchObject(FORBIDDEN)
      },
      "deletes one": async (own) => {
        const { client } = own.owner
        const { workspaceId } = own
        const id = randomUUID()
        const row = {
          workspace_id: workspaceId,
          id,
          title: "Short-lived",
          content: own.secret,
          pattern_tags: [own.secret],
        }
        expect((await client.from("memory_items").insert(row)).error).toBeNull()
        const deleted = await client
          .from("memory_items")
          .delete()
          .eq("id", id)
          .select("workspace_id,id")
        expect(deleted.data).toEqual([{ workspace_id: workspaceId, id }])
      },
      "deletes the other's": async (own, other) => {
        const filter = { workspace_id: other.workspaceId }
        const deleted = await own.owner.client
          .from("memory_items")
          .delete()
          .match(filter)
          .select("id")
        expect(deleted.data).toEqual([])
      },
      "changes the other's": async (own, other) => {
        const filter = { workspace_id: other.workspaceId }
        const changed = await own.owner.client
          .from("memory_items")
          .update({ title: "Forged" })
          .match(filter)
          .select("id")
        expect(changed.data).toEqual([])
      },
    }
    const asOthers: Record<string, () => Promise<void>> = {
      "anon reads": async () => {
        const answer = await anon.from(random.pick(tables).table).select("*")
        expect(answer).toMatchObject({ status: 401, data: null, error: { code: "42501" } })
      },
      "anon calls": async () => {
        const answer = await anon.rpc("get_statistics", { all_workspaces: true })
        expect(answer).toMatchObject({ status: 401, data: null, error: { code: "42501" } })
      },
      "service reads": async () => {
        const rows = dataOf(await service.from("workspaces").select("id"))
        expect(rows.map(({ id }) => id).sort()).toEqual([a.workspaceId, b.workspaceId].sort())
      },
      "service asks who it is": async () => {
        expect(dataOf(await service.rpc("get_health"))).toMatchObject([
          { role: "service_role", workspaces: 2 },
        ])
      },
      "service counts": async () => {
        const [statistics] = dataOf(await service.rpc("get_statistics", { all_workspaces: true }))
        expect(Object.keys(statistics.pattern_tag_frequency).sort()).toEqual(
          [a.secret, b.secret].sort(),
        )
      },
      "service forgets to name a workspace": async () => {
        expect(await service.rpc("get_statistics")).toMatchObject({
          status: 400,
          error: { code: "22023" },
        })
      },
    }

    const userKinds = Object.entries(asUser)
    const kinds = [...userKinds, ...userKinds, ...Object.entries(asOthers)]
    let remaining = REQUESTS
    const work = async () => {
      while (remaining > 0) {
        remaining -= 1
        const [own, other] = random.below(2) === 0 ? [a, b] : [b, a]
        const [name, ask] = kinds[random.below(kinds.length)] ?? []
        if (name === undefined || ask === undefined) continue
        counts[name] = (counts[name] ?? 0) + 1
        await ask(own, other)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    console.log(JSON.stringify(counts), `${rowsSeen} rows seen`)
  })
})
