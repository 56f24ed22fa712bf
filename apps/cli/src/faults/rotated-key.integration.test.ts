import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { migrationsDirectory } from "../migrations-directory.ts"
import { type FaultBank, makeFaultBank } from "../testing/fault-bank.ts"
import { startCli } from "../testing/run-cli.ts"
import { makeTemporaryDirectory } from "../testing/temporary-directory.ts"

describeWithNativePostgres("the secret key of a project", {}, ({ createDatabase }) => {
  let bank: FaultBank

  beforeAll(async () => {
    bank = await makeFaultBank({ createDatabase })
    return bank.home.remove
  })

  test("is rotated while rows are written: the old one is refused, the new one goes on", async () => {
    const target = await bank.openTarget()
    const place = await makeTemporaryDirectory()
    onTestFinished(() => place.remove())
    const directory = join(place.path, "project")
    const settings = { directory, migrationsDirectory, postgresUrl: target.databaseUrl }
    const before = await startLocalSupabase(settings)
    const running = startCli({
      directory: bank.home.path,
      environment: { SUPABASE_URL: before.url, SUPABASE_SECRET_KEY: before.secretKey },
      arguments: ["migrate", "--json", ...bank.own],
    })
    await running.printed(/"phase":"copy"/)
    await before.close()
    await rotateSecretKey(join(directory, "keys.json"))
    const port = Number(new URL(before.url).port)
    const after = await startLocalSupabase({ ...settings, port })
    expect(after.secretKey).not.toBe(before.secretKey)
    const { exitCode, stderr } = await running.finished
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 4,
      stderr: expect.stringMatching(/key/i),
    })
    expect(stderr).not.toContain(before.secretKey)
    const again = startCli({
      directory: bank.home.path,
      environment: { SUPABASE_URL: after.url, SUPABASE_SECRET_KEY: after.secretKey },
      arguments: ["migrate", ...bank.own],
    })
    expect((await again.finished).exitCode).toBe(0)
    await after.close()
    await target.expectSameEnd()
  })
})

async function rotateSecretKey(file: string) {
  const keys = JSON.parse(await readFile(file, "utf8"))
  await rm(file)
  const rotated = { ...keys, secretKey: `sb_secret_${"n".repeat(32)}` }
  await writeFile(file, JSON.stringify(rotated), { mode: 0o600 })
}
