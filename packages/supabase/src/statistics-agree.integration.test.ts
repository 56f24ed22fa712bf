import { randomInt, randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { describeOnBothServers } from "./testing/describe-on-both-servers.ts"
import { expectStatisticsToAgree } from "./testing/expect-statistics-to-agree.ts"
import { randomOperations } from "./testing/random-operations.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"

const OPERATIONS = 200
const CHECK_EVERY = 4

describeOnBothServers("statistics and rows", (server) => {
  test("agree after any operations in any order", { timeout: 300_000 }, async () => {
    const { sql } = server()
    const random = createSeededRandom(Number(process.env.STATISTICS_SEED ?? randomInt(2 ** 32 - 1)))
    console.log(`STATISTICS_SEED=${random.seed}`)
    const ids: [string, ...string[]] = [randomUUID(), randomUUID(), randomUUID()]
    await sql.transaction(
      ids.map((id) => ({
        sql: "insert into public.workspaces (id, name) values ($1, $1)",
        parameters: [id],
      })),
    )
    const [first = "", ...others] = Object.keys(randomOperations)
    const growing = ["insertTraces", "insertTraceWithItems", "insertOrphans", "addTraces"] as const
    const done: Record<string, number> = {}
    for (let index = 1; index <= OPERATIONS; index += 1) {
      const name = random.below(3) === 0 ? random.pick(growing) : random.pick([first, ...others])
      const statements = randomOperations[name]?.(random, ids) ?? []
      if (statements.length === 0) continue
      const attempt = sql.transaction(statements)
      if (name === "failAtTheEnd") await expect(attempt).rejects.toThrow()
      else await attempt
      done[name] = (done[name] ?? 0) + 1
      if (index % CHECK_EVERY === 0) await expectStatisticsToAgree(sql, ids)
    }
    await expectStatisticsToAgree(sql, ids)
    const [[rebuilt] = []] = await sql.transaction([
      { sql: "select public.rebuild_statistics()::text as wrong" },
    ])
    expect(rebuilt?.wrong).toBe("0")
    expect(Object.keys(done).length).toBeGreaterThan(15)
  })
})
