import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { inspect } from "node:util"
import { describeEmbedder } from "@reasoningbank/core/testing"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { HttpEmbedderSettings } from "./create-http-embedder.ts"
import { createHttpEmbedder } from "./index.ts"
import { hashedVector } from "./testing/hashed-vector.ts"

const dimension = 64
const apiKey = "sk-a-key-that-nobody-may-see"

type Request = { path: string; headers: IncomingMessage["headers"]; body: unknown; at: number }
type Answer = (response: ServerResponse, texts: string[]) => void

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = await Array.fromAsync(request)
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8"))
  requests.push({
    path: request.url ?? "",
    headers: request.headers,
    body,
    at: performance.now(),
  })
  const answer = answers.shift() ?? giveVectors
  answer(response, body.input)
})
let requests: Request[] = []
let answers: Answer[] = []
let baseUrl = ""

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  baseUrl = `${addressOf(server)}/v1`
})

function addressOf(listening: Server) {
  const address = listening.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  return `http://127.0.0.1:${address.port}`
}

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  requests = []
  answers = []
})

/** Out of order on purpose: the index says which text a vector is of. */
const giveVectors: Answer = (response, texts) => {
  const data = texts.map((text, index) => ({
    object: "embedding",
    index,
    embedding: hashedVector({ text, dimension }),
  }))
  sendJson(response, 200, { object: "list", data: data.toReversed(), model: "hash-64" })
}

function sendJson(response: ServerResponse, status: number, value: unknown) {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(value))
}

function open(settings: Partial<HttpEmbedderSettings> = {}) {
  return createHttpEmbedder({
    baseUrl,
    apiKey,
    model: "hash-64",
    dimension,
    firstDelayInMs: 1,
    ...settings,
  })
}

describeEmbedder({ label: "an OpenAI-compatible endpoint", open: () => open() })

describe("the request", () => {
  test("names the model and carries the key", async () => {
    await using embedder = open({ baseUrl: `${baseUrl}/?version=2`, requestDimension: true })
    await embedder.embed(["one", "two"])
    expect(requests).toMatchObject([
      {
        path: "/v1/embeddings?version=2",
        headers: { authorization: `Bearer ${apiKey}` },
        body: { model: "hash-64", input: ["one", "two"], dimensions: 64 },
      },
    ])
  })

  test("carries neither a key nor a dimension that was not given", async () => {
    await using embedder = open({ apiKey: undefined })
    await embedder.embed(["one"])
    expect(requests[0]?.headers.authorization).toBeUndefined()
    expect(requests[0]?.body).not.toHaveProperty("dimensions")
  })

  test("holds as many texts as stated", async () => {
    await using embedder = open({ batchSize: 50 })
    const vectors = await embedder.embed(Array.from({ length: 120 }, (_, index) => `${index}`))
    expect(vectors).toHaveLength(120)
    expect(requests).toHaveLength(3)
  })

  test("goes through the given fetch", async () => {
    let calls = 0
    await using embedder = open({
      fetch: (...request) => {
        calls++
        return fetch(...request)
      },
    })
    await embedder.embed(["one"])
    expect(calls).toBe(1)
  })
})

describe("trouble on the way", () => {
  const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (response) => {
      response.writeHead(code, headers)
      response.end("later")
    }
  const hangUp: Answer = (response) => response.destroy()

  test("overload, faults and broken connections are tried again", async () => {
    await using embedder = open()
    answers = [status(429), status(503), hangUp, status(500)]
    expect(await embedder.embed(["text"])).toHaveLength(1)
    expect(requests).toHaveLength(5)
  })

  test("Retry-After is waited for", async () => {
    await using embedder = open()
    answers = [status(429, { "retry-after": "1" })]
    await embedder.embed(["text"])
    const [first, second] = requests
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(950)
  })

  test("who asks for too much patience is given up at once", async () => {
    await using embedder = open()
    answers = [status(429, { "retry-after": "3600" })]
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:unreachable",
      message: expect.stringContaining("answered 429"),
    })
    expect(requests).toHaveLength(1)
  })

  test("after the last attempt the error says what happened", async () => {
    await using embedder = open({ retries: 2 })
    answers = [status(503), status(503), status(503)]
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:unreachable",
      message: expect.stringContaining("in 3 attempts; the last one: it answered 503"),
    })
  })

  test("a server that is not there", async () => {
    const stopped = createServer().listen(0, "127.0.0.1")
    await once(stopped, "listening")
    const url = addressOf(stopped)
    await new Promise((resolve) => stopped.close(resolve))
    await using embedder = open({ baseUrl: url, retries: 1 })
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    })
  })

  test("calls that waited together for a server that is down are not repeated one by one", async () => {
    await using embedder = open({ retries: 0 })
    answers = [status(503)]
    const calls = ["a", "b", "c"].map((text) => embedder.embed([text]))
    const settled = await Promise.allSettled(calls)
    expect(settled.map(({ status: outcome }) => outcome)).toEqual(Array(3).fill("rejected"))
    expect(requests).toHaveLength(1)
  })

  test("a server that stays silent", async () => {
    await using embedder = open({ retries: 0, requestTimeoutInMs: 50 })
    answers = [() => {}]
    await expect(embedder.embed(["text"])).rejects.toMatchObject({ code: "embedding:unreachable" })
  })

  test("an abort ends the request and the waiting", async () => {
    await using embedder = open()
    answers = [status(429, { "retry-after": "30" })]
    const controller = new AbortController()
    const call = embedder.embed(["text"], { signal: controller.signal })
    while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    controller.abort(new Error("not needed"))
    await expect(call).rejects.toThrow("not needed")
  })

  test.each([400, 401, 403, 404, 413, 422])("%i is not tried again", async (code) => {
    await using embedder = open()
    answers = [(response) => sendJson(response, code, { error: { message: "no such model" } })]
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:refused",
      message: expect.stringContaining("no such model"),
    })
    expect(requests).toHaveLength(1)
  })

  test("a refused text spoils only its own call", async () => {
    await using embedder = open()
    const refuseBad: Answer = (response, texts) =>
      texts.includes("bad")
        ? sendJson(response, 400, { error: { message: "too long" } })
        : giveVectors(response, texts)
    answers = [refuseBad, refuseBad, refuseBad]
    const [good, bad] = await Promise.allSettled([
      embedder.embed(["good"]),
      embedder.embed(["bad"]),
    ])
    expect([good.status, bad.status]).toEqual(["fulfilled", "rejected"])
  })
})

describe("an answer that does not fit", () => {
  const vector = (length: number) => Array.from({ length }, () => 0.5)
  test.each<[string, unknown, string]>([
    ["another dimension", { data: [{ index: 0, embedding: vector(3) }] }, "64 were expected"],
    ["no vector", { data: [] }, "0 vectors for 1 texts"],
    ["a wrong index", { data: [{ index: 7, embedding: vector(64) }] }, "not one for each"],
    ["another shape", { embeddings: [vector(64)] }, "data[].embedding"],
    ["not even JSON", "<html>sign in</html>", "data[].embedding"],
  ])("%s", async (_, value, message) => {
    await using embedder = open()
    answers = [(response) => sendJson(response, 200, value)]
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:vectors",
      message: expect.stringContaining(message),
    })
  })
})

describe("the key is in no error", () => {
  const everything = (error: unknown) =>
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(error)

  test("not when the server repeats it", async () => {
    await using embedder = open()
    answers = [
      (response) => sendJson(response, 401, { error: { message: `Incorrect key ${apiKey}` } }),
    ]
    const error = await embedder.embed(["text"]).catch((reason: unknown) => reason)
    expect(everything(error)).toContain("Incorrect key [key]")
    expect(everything(error)).not.toContain(apiKey)
  })

  test("not when a fetch fails with it", async () => {
    await using embedder = open({
      retries: 0,
      fetch: () => Promise.reject(new Error(`could not send Bearer ${apiKey}`)),
    })
    const error = await embedder.embed(["text"]).catch((reason: unknown) => reason)
    expect(everything(error)).toContain("could not send Bearer [key]")
    expect(everything(error)).not.toContain(apiKey)
  })

  test.each([
    { apiKey: `${apiKey}\nx` },
    { baseUrl: `http://user:${apiKey}@127.0.0.1/v1` },
    { baseUrl: `ftp://127.0.0.1/?key=${apiKey}` },
  ])("not when it is refused beforehand", (settings) => {
    let error: unknown
    try {
      open(settings)
    } catch (reason) {
      error = reason
    }
    expect(error).toMatchObject({ code: "usage" })
    expect(everything(error)).not.toContain(apiKey)
  })
})
