import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { type ChromaServer, startChromaServer } from "../start-chroma-server.ts"
import { createChromaBackend } from "./create-chroma-backend.ts"

let directory: string
let server: ChromaServer

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chroma-read-only-"))
  server = await startChromaServer({ directory })
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const model = "all-MiniLM-L6-v2"
const vector = Array.from({ length: 384 }, (_, place) => (place === 0 ? 1 : 0))
const question = { workspaceId: "own", embedding: { vector, model } }

async function collectionNames(): Promise<string[]> {
  const path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
  const answer = await fetch(`${server.url}${path}`)
  const collections = z.array(z.object({ name: z.string() })).parse(await answer.json())
  return collections.map(({ name }) => name).sort()
}

function trace(workspaceId: string) {
  const title = `Rounds once, at the end, in ${workspaceId}`
  return {
    ...{ workspaceId, task: "Make the total agree with the cart", outcome: "success" as const },
    trajectory: [{ iteration: 1, action: "generate", thought: "Sum first", output: "Then tax" }],
    memoryItems: [
      {
        title,
        description: "Rounding every line makes totals drift",
        content: "Keep amounts in minor units and round only what is shown.",
        embedding: { vector, model },
      },
    ],
  }
}

test("a backend that only reads makes nothing, records nothing and refuses to write", async () => {
  const settings = { url: server.url, isReadOnly: true }
  const early = await createChromaBackend(settings)
  expect((await early.querySimilarMemories(question)).memories).toEqual([])
  expect((await early.getStatistics({ workspaceId: "own" })).totalMemories).toBe(0)
  await expect(early.addTrace(trace("own"))).rejects.toMatchObject({ code: "storage:refused" })
  await early.close()
  expect(await collectionNames()).toEqual([])

  const writer = await createChromaBackend({ url: server.url, recordRetrievals: false })
  await writer.addTrace(trace("own"))
  await writer.addTrace(trace("other"))
  await writer.close()

  const reader = await createChromaBackend(settings)
  const { memories, retrievalId } = await reader.querySimilarMemories(question)
  expect(memories.map(({ memory }) => memory.title)).toEqual(["Rounds once, at the end, in own"])
  expect(await reader.getRetrieval({ workspaceId: "own", retrievalId })).toBeNull()
  const [found] = memories
  const deletion = { workspaceId: "own", id: found?.memory.id ?? "" }
  await expect(reader.deleteMemory(deletion)).rejects.toMatchObject({ code: "storage:refused" })
  await reader.close()
})
