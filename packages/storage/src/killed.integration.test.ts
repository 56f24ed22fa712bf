import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { setTimeout as wait } from "node:timers/promises"
import { createChromaBackend } from "@reasoningbank/chroma"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { createHashedWordsEmbedder } from "@reasoningbank/core/testing"
import { connectLocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { crashPostgres, startNativePostgres } from "@reasoningbank/native-postgres"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { createSupabaseBackend } from "@reasoningbank/supabase/backend"
import { beforeEach, describe, onTestFinished, test } from "vitest"
import { addTraces } from "./testing/add-traces.ts"
import { expectWholeTraces } from "./testing/expect-whole-traces.ts"
import { findServerProcess } from "./testing/find-server-process.ts"
import { killProgramAtRandom } from "./testing/kill-at-random.ts"

/** How often each is killed; 100 takes some minutes for each test. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const timeout = 60_000 + rounds * 10_000
const embedder = createHashedWordsEmbedder()
const migrationsDirectory = join(import.meta.dirname, "../../../supabase/migrations")
const impatient = { retries: 0, firstDelayInMs: 1, requestTimeoutInMs: 3_000 }

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "killed-"))
  return () => rm(directory, { recursive: true, force: true, maxRetries: 5 })
})

async function times(work: () => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round++) await work()
}

describe("a Chroma bank", () => {
  test("whose client is killed while it adds", { timeout }, async () => {
    await using server = await startChromaServer({ directory: join(directory, "bank") })
    const acknowledged: string[] = []
    await times(async () => {
      const { url } = server
      acknowledged.push(...(await killProgramAtRandom({ name: "chromadb", settings: { url } })))
      const backend = await createChromaBackend({ url, embedder })
      await expectWholeTraces({ backend, acknowledged })
      await backend.close()
    })
    const { url } = server
    const tidied = await createChromaBackend({ url, embedder, abandonedAfterInMs: 0 })
    await expectWholeTraces({ backend: tidied, acknowledged })
    await tidied.close()
  })

  test("whose server is killed while it adds", { timeout }, async () => {
    const bank = join(directory, "bank")
    const acknowledged: string[] = []
    await times(async () => {
      const server = await startChromaServer({ directory: bank })
      const { url } = server
      const backend = await createChromaBackend({ url, embedder, retries: 0 })
      const adding = addTraces({ backend, onAdded: (id) => acknowledged.push(id) })
      const stopped = adding.catch(() => undefined)
      await wait(Math.random() * 150)
      await server.kill()
      await stopped
      await backend.close()
      const reopened = await createChromaBackend({ directory: bank, embedder })
      await expectWholeTraces({ backend: reopened, acknowledged })
      await reopened.close()
    })
  })
})

describe("the embedded Supabase", () => {
  const place = () => ({ directory: join(directory, "bank"), migrationsDirectory })

  test("whose client is killed while it adds", { timeout }, async () => {
    const local = await connectLocalSupabase(place())
    const project = { supabaseUrl: local.url, supabaseKey: local.secretKey }
    const backend = createSupabaseBackend({ ...project, embedder })
    const acknowledged: string[] = []
    await times(async () => {
      const settings = project
      acknowledged.push(...(await killProgramAtRandom({ name: "supabase", settings })))
      await expectWholeTraces({ backend, acknowledged })
    })
    await local.close()
  })

  test("whose server is killed while it adds", { timeout }, async () => {
    const acknowledged: string[] = []
    await times(async () => {
      const local = await connectLocalSupabase(place())
      const project = { supabaseUrl: local.url, supabaseKey: local.secretKey, embedder }
      const backend = createSupabaseBackend({ ...project, retry: impatient })
      const adding = addTraces({ backend, onAdded: (id) => acknowledged.push(id) })
      const stopped = adding.catch(() => undefined)
      await wait(Math.random() * 300)
      process.kill(await findServerProcess(place()), "SIGKILL")
      await stopped
      await local.close()
      const reopened = await connectLocalSupabase(place())
      const { url: supabaseUrl, secretKey: supabaseKey } = reopened
      const again = createSupabaseBackend({ supabaseUrl, supabaseKey, embedder })
      await expectWholeTraces({ backend: again, acknowledged })
      await reopened.close()
    })
  })
})

describeWithNativePostgres("native Postgres", {}, ({ createDatabase, version }) => {
  test("whose client is killed while it adds", { timeout }, async () => {
    const local = await startLocalSupabase({
      ...{ directory: join(directory, "server"), migrationsDirectory },
      postgresUrl: await createDatabase(),
    })
    const project = { supabaseUrl: local.url, supabaseKey: local.secretKey }
    const backend = createSupabaseBackend({ ...project, embedder })
    const acknowledged: string[] = []
    await times(async () => {
      const settings = project
      acknowledged.push(...(await killProgramAtRandom({ name: "supabase", settings })))
      await expectWholeTraces({ backend, acknowledged })
    })
    await local.close()
  })

  test("whose server crashes while it adds", { timeout }, async () => {
    const postgres = await startNativePostgres({ version })
    onTestFinished(() => postgres.stop())
    const postgresUrl = await postgres.createDatabase()
    const place = { directory: join(directory, "server"), migrationsDirectory, postgresUrl }
    const acknowledged: string[] = []
    await times(async () => {
      const local = await startLocalSupabase(place)
      const project = { supabaseUrl: local.url, supabaseKey: local.secretKey, embedder }
      const backend = createSupabaseBackend({ ...project, retry: impatient })
      const adding = addTraces({ backend, onAdded: (id) => acknowledged.push(id) })
      const stopped = adding.catch(() => undefined)
      await wait(Math.random() * 300)
      await crashPostgres({ url: postgres.url })
      await stopped
      await local.close()
      const reopened = await startLocalSupabase(place)
      const { url: supabaseUrl, secretKey: supabaseKey } = reopened
      const again = createSupabaseBackend({ supabaseUrl, supabaseKey, embedder })
      await expectWholeTraces({ backend: again, acknowledged })
      await reopened.close()
    })
  })
})
