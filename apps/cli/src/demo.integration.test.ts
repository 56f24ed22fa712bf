import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import { expect, test } from "vitest"
import { migrationsDirectory } from "./migrations-directory.ts"
import { readSampleBank } from "./sample-bank/read-sample-bank.ts"
import { query } from "./testing/read-target-rows.ts"
import { runCli } from "./testing/run-cli.ts"
import { makeTemporaryDirectory } from "./testing/temporary-directory.ts"

test("the demo moves, proves, counts, searches and shows; the second time there is nothing to do", {
  timeout: 400_000,
}, async () => {
  await using home = await makeTemporaryDirectory()
  const bank = await readSampleBank()
  const run = () =>
    runCli({
      arguments: ["demo"],
      directory: home.path,
      // What the user's own environment names is not the demo's business.
      environment: {
        DATABASE_URL: "postgresql://user:secret@127.0.0.1:9/own",
        TZ: "Asia/Tokyo",
        // The build of the dashboard, where it is not built yet, starts programs by their names.
        PATH: process.env.PATH ?? "",
      },
    })

  const first = await run()
  expect(first).toMatchObject({ exitCode: 0, stderr: "" })
  expect(first.stdout).toContain("Wrote a sample Chroma store to .reasoningbank/sample-chroma")
  expect(first.stdout).toMatch(/rows written/)
  expect(first.stdout).toContain("Verified equal, field by field and bit by bit")
  for (const { name } of bank.workspaces) expect(first.stdout).toContain(name)
  const [search] = bank.searches
  expect(first.stdout).toContain(search?.text)
  expect(first.stdout).toContain("Next:")
  // Without a terminal nobody could stop it, so it checks every page and ends.
  const dashboard = /The dashboard: 26 pages answer at (http:\/\/localhost:\d+)\n/
  expect(first.stdout).toMatch(dashboard)
  expect(first.stdout).toContain("Sign in as demo@example.com")
  const [, url = ""] = dashboard.exec(first.stdout) ?? []
  await expect(fetch(url)).rejects.toThrow("fetch failed")
  // No colours, cursor moves or questions where there is no terminal.
  expect(first.stdout).not.toContain("\u001b")

  const second = await run()
  expect(second).toMatchObject({ exitCode: 0, stderr: "" })
  expect(second.stdout).toContain("The sample Chroma store is there")
  expect(second.stdout).toContain("Nothing to do")
  expect(second.stdout).not.toMatch(/[1-9]\d* rows written/)
  const digest = /digest ([0-9a-f]{64})/i
  expect(digest.exec(second.stdout)?.[1]).toBe(digest.exec(first.stdout)?.[1])
  expect(digest.exec(first.stdout)?.[1]).toBeDefined()

  const local = await connectLocalSupabase({
    directory: join(home.path, ".reasoningbank"),
    migrationsDirectory,
  })
  const counts = await query(
    local.sql,
    `select w.name,
       (select count(*) from public.reasoning_traces as t where t.workspace_id = w.id) as traces,
       (select count(*) from public.memory_items as m where m.workspace_id = w.id) as memory_items
     from public.workspaces as w`,
  )
  await local.close()
  expect(new Set(counts.map(({ name }) => name))).toEqual(
    new Set(bank.workspaces.map(({ name }) => name)),
  )
  for (const { traces, memory_items } of counts) {
    expect(first.stdout).toMatch(new RegExp(`\\b${traces}\\b`))
    expect(first.stdout).toMatch(new RegExp(`\\b${memory_items}\\b`))
  }
  expect(await readFile(join(home.path, "migration.log"), "utf8")).toContain('"verified"')
})
