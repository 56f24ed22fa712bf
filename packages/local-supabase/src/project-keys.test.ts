import { mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { loadProjectKeys, readProjectKeys } from "./project-keys.ts"

test("makes keys once, readable by their owner alone", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "project-keys-"))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = path.join(directory, "keys.json")
  expect(await readProjectKeys(file)).toBeNull()
  const keys = await loadProjectKeys(file)
  expect(keys.publishableKey).toMatch(/^sb_publishable_[\w-]{32}$/)
  expect(keys.secretKey).toMatch(/^sb_secret_[\w-]{32}$/)
  expect(keys.jwtSecret.length).toBe(64)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await loadProjectKeys(file)).toEqual(keys)

  await writeFile(file, '{"secretKey": "x"}')
  await expect(loadProjectKeys(file)).rejects.toMatchObject({ code: "keys_unreadable" })
})
