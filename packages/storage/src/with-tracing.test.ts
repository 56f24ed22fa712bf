import { SpanStatusCode, trace } from "@opentelemetry/api"
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"
import { createBackend } from "@reasoningbank/core/storage"
import { createHashedWordsEmbedder, createInMemoryDriver } from "@reasoningbank/core/testing"
import { afterAll, expect, test } from "vitest"
import { withTracing } from "./with-tracing.ts"

const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
trace.setGlobalTracerProvider(provider)
afterAll(() => trace.disable())

const backend = withTracing({
  backend: createBackend({ driver: createInMemoryDriver(), embedder: createHashedWordsEmbedder() }),
  backendName: "memory",
})

test("a search is one span, without its text", async () => {
  exporter.reset()
  await backend.querySimilarMemories({ workspaceId: "w", text: "a secret wish", k: 3 })
  const [span, ...others] = exporter.getFinishedSpans()
  expect(others).toEqual([])
  expect(span?.name).toBe("reasoning_bank.querySimilarMemories")
  expect(span?.attributes).toEqual({
    "db.system.name": "memory",
    "reasoning_bank.workspace": "w",
    "reasoning_bank.k": 3,
    "reasoning_bank.results": 0,
  })
})

test("a failure leaves its code in the span and is raised", async () => {
  exporter.reset()
  const secret = "a secret wish"
  const search = backend.querySimilarMemories({ workspaceId: "w", text: secret, k: 0 })
  await expect(search).rejects.toMatchObject({ code: "usage" })
  const [span] = exporter.getFinishedSpans()
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: "usage" })
  expect(span?.attributes["error.type"]).toBe("usage")
  expect(JSON.stringify([span?.attributes, span?.events])).not.toContain(secret)
})
