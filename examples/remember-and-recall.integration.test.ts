import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { promisify } from "node:util"
import { beforeEach, expect, test } from "vitest"

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "example-"))
  return () => rm(home, { recursive: true, force: true })
})

async function run(variables: Record<string, string>): Promise<string> {
  const program = join(import.meta.dirname, "remember-and-recall.ts")
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    cwd: home,
    env: { ...process.env, REASONING_BANK_WORKSPACES: join(home, "workspaces.json"), ...variables },
  })
  return stdout
}

test("the example remembers and recalls on chromadb", async () => {
  const variables = { STORAGE_BACKEND: "chromadb", REASONING_BANK_DATA: join(home, "bank") }
  const output = await run(variables)
  expect(output).toMatch(/Remembered 1 lesson in example-/)
  expect(output).toMatch(/0\.\d{3} \(similarity 0\.\d{3}\) {2}Never retry a charge/)
  expect(output).toContain("2 traces, 50 % successful.")
  expect(await run(variables)).toContain("4 traces, 50 % successful.")
})

test("the same file remembers and recalls in the embedded Supabase", async () => {
  const output = await run({ STORAGE_BACKEND: "local" })
  expect(output).toMatch(/0\.\d{3} \(similarity 0\.\d{3}\) {2}Never retry a charge/)
  expect(output).toContain("2 traces, 50 % successful.")
})
