import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { runVerify } from "./testing/run-verify.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({
  seed: 21,
  memories: 200,
  workspaceIds: ["one", "two"],
  timezone: "UTC",
})
const chosen = bank.memories.find(({ createdAt }) => createdAt !== null)?.item.id ?? ""

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  await writeChromaBank({ directory: join(home.path, "chroma_data"), collections: [bank] })
  const html = join(home.path, "migration.html")
  const run = await runMigrate({
    arguments: ["--no-backup", "--source-timezone", "UTC", "--html", html],
    directory: home.path,
  })
  expect(run).toMatchObject({ exitCode: 0 })
  const page = await readFile(html, "utf8")
  expect(page).toContain("Everything arrived, and is proven equal")
})

afterAll(() => home.close())

const ways = {
  "the embedded Supabase": () => ({}),
  "the API": () => ({
    SUPABASE_URL: home.local.url,
    SUPABASE_SECRET_KEY: home.local.secretKey,
  }),
}

for (const [name, environment] of Object.entries(ways)) {
  test(`${name} is proven equal, and a change is found`, async () => {
    const html = join(home.path, "verification.html")
    const verify = (...more: string[]) =>
      runVerify({
        arguments: ["--sample", "5", "--html", html, ...more],
        directory: home.path,
        environment: environment(),
      })
    const good = await verify()
    expect(good).toMatchObject({
      exitCode: 0,
      report: { status: "verified", parity: { sampled: 5, equal: 5 } },
    })
    expect(await readFile(html, "utf8")).toContain("The target holds exactly what the source holds")

    const change = (by: string) =>
      query(
        home.local.sql,
        `update public.memory_items set created_at = created_at ${by} interval '1 microsecond' where id = $1::text::uuid`,
        [chosen],
      )
    await change("+")
    const bad = await verify("--json")
    expect(bad).toMatchObject({ exitCode: 6, report: { differences_found: 1 } })
    expect(bad.report?.differences).toMatchObject([
      { kind: "memory_item", id: chosen, problem: "different", fields: ["createdAt"] },
    ])
    expect(await readFile(html, "utf8")).toContain(chosen)
    await change("-")
  })
}
