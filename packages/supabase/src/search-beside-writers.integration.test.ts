import { randomInt, randomUUID } from "node:crypto"
import { aVector } from "@reasoningbank/core/testing"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { Client } from "pg"
import { expect, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { prepareWithSchema } from "./testing/prepared-database.ts"
import { insertItems } from "./testing/random-operations.ts"
import { runWriters } from "./testing/run-writers.ts"
import { createSeededRandom, type SeededRandom } from "./testing/seeded-random.ts"

/** Above the number of candidates from which on the approximate index is asked. */
const ROWS = 4_300
const SECONDS = 5
const MODEL = "all-MiniLM-L6-v2"

describeWithNativePostgres("searches beside writers", {}, ({ createDatabase }) => {
  test("return k rows, or all that are visible", async () => {
    const databaseUrl = await prepareWithSchema(await createDatabase())
    const sql = createPostgresClient({ databaseUrl })
    const [workspaceId, otherId, userId] = [randomUUID(), randomUUID(), randomUUID()]
    const workspaceIds: [string, ...string[]] = [workspaceId, otherId]
    await sql.transaction([
      ...workspaceIds.map((id) => ({
        sql: "insert into public.workspaces (id, name) values ($1, $1)",
        parameters: [id],
      })),
      {
        sql: "insert into auth.users (id, aud, role, email) values ($1, 'authenticated', 'authenticated', 'reader@example.com')",
        parameters: [userId],
      },
      {
        sql: "insert into public.workspace_members (workspace_id, user_id, role) values ($1, $2, 'viewer')",
        parameters: [workspaceId, userId],
      },
      {
        sql: `insert into public.memory_items (workspace_id, id, title, content, content_embedding, embedding_status,
            embedding_model, domain_category)
          select $1, gen_random_uuid(), 'Item ' || n, 'x', v.embedding, 'present', '${MODEL}',
            case when n % 200 = 0 then 'rare' else 'common' end
          from generate_series(1, ${ROWS}) as n
          cross join lateral (
            select array_agg(sin(n * 12.9898 + i * 78.233) / 19.6)::extensions.vector(384) as embedding
            from generate_series(1, 384) as i
          ) as v`,
        parameters: [workspaceId],
      },
    ])

    let isWriting = true
    const seed = randomInt(2 ** 31)
    const writing = runWriters({
      databaseUrl,
      writers: 4,
      seed,
      durationInMs: SECONDS * 1_000,
      workspaceIds,
      operations: vectorOperations,
    }).finally(() => {
      isWriting = false
    })
    const random = createSeededRandom(seed - 1)
    const reader = new Client(databaseUrl)
    await reader.connect()
    let searches = 0
    while (isWriting) {
      const k = random.pick([1, 10, 100, 1_000])
      const domain = random.pick([null, "rare", "common", "absent"])
      const { rows } = await asUser({
        reader,
        userId,
        text: `select
            (
              select count(*) from public.memory_items as m
              where m.workspace_id = $1 and m.embedding_model = '${MODEL}' and m.content_embedding is not null
                and ($4::text is null or m.domain_category = $4)
            )::integer as visible,
            (
              select count(*) from public.search_similar_memories(
                $2, $3, workspace_filter => array[$1, $5], domain_filter => case when $4 is not null then array[$4] end
              )
            )::integer as found`,
        values: [
          workspaceId,
          JSON.stringify([...aVector(random.below(9_999))]),
          k,
          domain,
          otherId,
        ],
      })
      expect(rows[0].found).toBe(Math.min(k, rows[0].visible))
      searches += 1
    }
    const { committed, failed } = await writing
    console.log(`${searches} searches of about ${ROWS} rows beside`, JSON.stringify(committed))
    expect(failed).toEqual({})
    expect(searches).toBeGreaterThan(3)
    await reader.end()
    await sql.close()
  })
})

async function asUser(options: {
  reader: Client
  userId: string
  text: string
  values: unknown[]
}) {
  const { reader, userId, text, values } = options
  await reader.query("begin")
  const claims = JSON.stringify({ sub: userId, role: "authenticated" })
  await reader.query(
    "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
    [claims],
  )
  const result = await reader.query(text, values)
  await reader.query("commit")
  return result
}

const anItem = (random: SeededRandom, workspaceId: string) => ({
  workspace_id: workspaceId,
  id: randomUUID(),
  title: "Written meanwhile",
  content: "x",
  content_embedding: JSON.stringify([...aVector(random.below(9_999))]),
  embedding_status: "present",
  embedding_model: MODEL,
  domain_category: random.pick(["rare", "common"]),
  evolution_stage: 0,
  extras: {},
})

const vectorOperations: Parameters<typeof runWriters>[0]["operations"] = {
  insert: (random, ids) => [
    insertItems([anItem(random, random.pick(ids)), anItem(random, random.pick(ids))]),
  ],
  remove: (random, ids) => [
    {
      sql: `delete from public.memory_items as m using (
          select t.id from public.memory_items as t where t.workspace_id = $1
          order by md5(t.id::text || $2) limit 2 for update skip locked
        ) as p where m.workspace_id = $1 and m.id = p.id`,
      parameters: [random.pick(ids), `${random.below(1e6)}`],
    },
  ],
  reembed: (random, ids) => [
    {
      sql: `update public.memory_items as m set content_embedding = $3 from (
          select t.id from public.memory_items as t where t.workspace_id = $1
          order by md5(t.id::text || $2) limit 3 for update skip locked
        ) as p where m.workspace_id = $1 and m.id = p.id`,
      parameters: [
        random.pick(ids),
        `${random.below(1e6)}`,
        JSON.stringify([...aVector(random.below(9_999))]),
      ],
    },
  ],
}
