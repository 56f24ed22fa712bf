import { randomUUID } from "node:crypto"
import type { NewReasoningTrace } from "@reasoningbank/core/storage"
import { createHashedWordsEmbedder } from "@reasoningbank/core/testing"
import { type LocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, beforeEach, expect, test } from "vitest"
import { makeTemporaryDirectory } from "../testing/make-temporary-directory.ts"
import { migrationsDirectory } from "../testing/prepared-database.ts"
import { type FaultyProxy, startFaultyProxy } from "../testing/start-faulty-proxy.ts"
import { createSupabaseBackend, createSupabaseUserBackend } from "./create-supabase-backend.ts"

const retry = { retries: 3, firstDelayInMs: 1, longestDelayInMs: 2, requestTimeoutInMs: 20_000 }
const embedder = createHashedWordsEmbedder()

describeWithNativePostgres("a project on a bad day", {}, ({ createDatabase }) => {
  let local: LocalSupabase
  let proxy: FaultyProxy

  beforeAll(async () => {
    const directory = await makeTemporaryDirectory()
    local = await startLocalSupabase({
      directory: directory.path,
      postgresUrl: await createDatabase(),
      migrationsDirectory,
    })
    return async () => {
      await local.close()
      await directory.remove()
    }
  })
  beforeEach(async () => {
    proxy = await startFaultyProxy(local.url)
    return () => proxy.close()
  })

  const open = (supabaseKey = local.secretKey) =>
    createSupabaseBackend({
      ...{ supabaseUrl: proxy.url, supabaseKey, embedder, retry, recordRetrievals: false },
    })

  function aTrace({ workspaceId, items = 1 }: { workspaceId: string; items?: number }) {
    const trace: NewReasoningTrace = {
      ...{ workspaceId, id: randomUUID(), task: "Write a parser", outcome: "success" },
      trajectory: [{ iteration: 1, action: "think" }],
      memoryItems: Array.from({ length: items }, (_, at) => ({
        title: `Lesson ${at} of a parser`,
        description: `It is number ${at} of several`,
        content: `A recursive descent parser needs ${at} tokens of lookahead.`,
      })),
    }
    return trace
  }

  test("a limit of rows that is lower than what is asked for cuts nothing off", async () => {
    const workspaceId = randomUUID()
    const backend = open()
    for (let count = 0; count < 3; count++)
      await backend.addTrace(aTrace({ workspaceId, items: 9 }))
    const query = { workspaceId, text: "parser lookahead 3", k: 25 }
    const whole = await backend.querySimilarMemories(query)
    const list = await backend.listMemories({ workspaceId, limit: 20 })
    proxy.decide = () => ({ mostRows: 4 })
    expect((await backend.querySimilarMemories(query)).memories).toEqual(
      whole.memories.map((found) => ({
        ...found,
        recency: expect.any(Number),
        score: expect.any(Number),
      })),
    )
    expect(whole.memories.length).toBe(25)
    expect(await backend.listMemories({ workspaceId, limit: 20 })).toEqual(list)
    expect((await backend.querySimilarTraces(query)).traces.length).toBe(3)
  })

  test.each([429, 502, 503, 504])("after HTTP %s a search is tried again", async (status) => {
    const workspaceId = randomUUID()
    const backend = open()
    await backend.addTrace(aTrace({ workspaceId }))
    proxy.requests.length = 0
    proxy.decide = ({ count }) => (count < 3 ? { status } : "forward")
    const { memories } = await backend.querySimilarMemories({ workspaceId, text: "parser" })
    expect(memories.length).toBe(1)
    expect(proxy.requests.length).toBe(3)
  })

  test("a trace whose answer was lost is there once", async () => {
    const workspaceId = randomUUID()
    const backend = open()
    proxy.decide = ({ count }) => (count === 1 ? "lose-answer" : "forward")
    const trace = aTrace({ workspaceId })
    expect(await backend.addTrace(trace)).toMatchObject({ id: trace.id })
    expect(await backend.getStatistics({ workspaceId })).toMatchObject({
      ...{ totalTraces: 1, totalMemories: 1 },
    })
  })

  test("a deletion is sent once, for its answer would not be the same", async () => {
    const workspaceId = randomUUID()
    const backend = open()
    const { memoryIds } = await backend.addTrace(aTrace({ workspaceId }))
    proxy.requests.length = 0
    proxy.decide = () => "lose-answer"
    const deletion = backend.deleteMemory({ workspaceId, id: memoryIds[0] ?? "" })
    await expect(deletion).rejects.toMatchObject({ code: "storage:unreachable" })
    expect(proxy.requests.length).toBe(1)
  })

  test("a search that can not be recorded is answered all the same", async () => {
    const workspaceId = randomUUID()
    const failures: unknown[] = []
    const backend = createSupabaseBackend({
      ...{ supabaseUrl: proxy.url, supabaseKey: local.secretKey, embedder, retry },
      onRetrievalError: (error) => failures.push(error),
    })
    await backend.addTrace(aTrace({ workspaceId }))
    proxy.decide = ({ path }) => (path.includes("record_retrieval") ? { status: 500 } : "forward")
    const { memories } = await backend.querySimilarMemories({ workspaceId, text: "parser" })
    expect(memories.length).toBe(1)
    await backend.close()
    expect(failures.length).toBe(1)
  })

  test("a key of another project, nobody at the address", async () => {
    const workspaceId = randomUUID()
    const stranger = open("sb_secret_wrong").getStatistics({ workspaceId })
    await expect(stranger).rejects.toMatchObject({ code: "storage:refused" })
    const backend = open()
    await proxy.close()
    await expect(backend.getStatistics({ workspaceId })).rejects.toMatchObject({
      code: "storage:unreachable",
      hint: expect.any(String),
    })
    expect(await backend.health()).toMatchObject({ isHealthy: false, problem: expect.any(String) })
  })

  test("a visitor without an account may neither see nor store anything", async () => {
    const workspaceId = randomUUID()
    await open().addTrace(aTrace({ workspaceId }))
    const visitor = createSupabaseUserBackend({
      ...{ supabaseUrl: proxy.url, publishableKey: local.publishableKey, embedder, retry },
      accessToken: async () => null,
    })
    const refused = { code: "storage:refused" }
    const query = { workspaceId, text: "parser" }
    await expect(visitor.querySimilarMemories(query)).rejects.toMatchObject(refused)
    await expect(visitor.addTrace(aTrace({ workspaceId }))).rejects.toMatchObject(refused)
  })

  test("a publishable key is no secret key", () => {
    expect(() => open(local.publishableKey)).toThrow(
      expect.objectContaining({ code: "target:key_role" }),
    )
  })
})
