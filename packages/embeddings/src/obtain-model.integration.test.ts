import { execFile } from "node:child_process"
import { once } from "node:events"
import { createReadStream } from "node:fs"
import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { findModel, type ModelPaths } from "./find-model.ts"
import { hubRepository, modelEditions } from "./model-files.ts"
import { obtainModel } from "./obtain-model.ts"
import { obtainedModel } from "./testing/obtained-model.ts"

const edition = modelEditions.q8
const { paths, skipReason } = await obtainedModel({
  precision: "q8",
  isRequired: process.env.CI === "true",
})

describe("a hub that has the model", () => {
  let directory: string
  let endpoint: string
  let requests: string[]
  const server = createServer((request, response) => {
    const url = request.url ?? ""
    requests.push(url)
    const prefix = `/${hubRepository.id}/resolve/${hubRepository.revision}/`
    const file = edition.files.find(({ hubPath }) => url === prefix + hubPath)
    if (file === undefined || paths === null) response.writeHead(404).end()
    else createReadStream(paths[file.name]).pipe(response)
  })

  beforeAll(async () => {
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    if (address === null || typeof address === "string") throw new Error("the server has no port")
    endpoint = `http://127.0.0.1:${address.port}`
  })
  afterAll(() => void server.close())

  beforeEach(async (context) => {
    if (skipReason !== "") context.skip(skipReason)
    requests = []
    directory = await mkdtemp(join(tmpdir(), "reasoningbank-model-"))
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(directory, { recursive: true, force: true })
  })

  const settings = () => ({
    precision: "q8" as const,
    cacheDirectory: directory,
    hubEndpoint: endpoint,
    mavenCommand: null,
  })

  test("is asked once; what it gave is checked and kept", async () => {
    const fetched = await obtainModel(settings())
    expect(requests).toHaveLength(2)
    expect(await findModel({ directory, edition })).toEqual(fetched)
    expect(await obtainModel(settings())).toEqual(fetched)
    expect(requests).toHaveLength(2)
    expect((await readdir(directory)).toSorted()).toEqual(["model.onnx", "tokenizer.json"])
  })

  test("repairs a damaged cache and clears away what a killed process left long ago", async () => {
    vi.stubEnv("XDG_CACHE_HOME", directory)
    const inCache = { ...settings(), cacheDirectory: undefined }
    const fetched = await obtainModel(inCache)
    const cache = dirname(fetched["model.onnx"])
    await truncate(fetched["model.onnx"], 1_000)
    const abandoned = await mkdtemp(join(cache, "partial-"))
    await writeFile(join(abandoned, "model.onnx"), "half")
    const recent = await mkdtemp(join(cache, "partial-"))
    await utimes(abandoned, new Date(0), new Date(0))
    await obtainModel(inCache)
    expect(await findModel({ directory: cache, edition })).toEqual(fetched)
    const left = (await readdir(cache)).filter((name) => name.startsWith("partial-"))
    expect(left.map((name) => join(cache, name))).toEqual([recent])
  })

  test("processes that fetch at once do each other no harm", async () => {
    const program = `
      const { obtainModel } = await import("${new URL("./obtain-model.ts", import.meta.url).href}")
      console.log(JSON.stringify(await obtainModel(${JSON.stringify(settings())})))`
    const processes = Array.from({ length: 3 }, async (): Promise<ModelPaths> => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        "--input-type=module",
        "--eval",
        program,
      ])
      return JSON.parse(stdout)
    })
    const [first, ...others] = await Promise.all(processes)
    for (const other of others) expect(other).toEqual(first)
    expect(await findModel({ directory, edition })).toEqual(first)
    expect((await readdir(directory)).toSorted()).toEqual(["model.onnx", "tokenizer.json"])
  })

  test("an abort ends the fetching and leaves nothing", async () => {
    const controller = new AbortController()
    const reason = new Error("not now")
    const onProgress = () => controller.abort(reason)
    const fetching = obtainModel({ ...settings(), onProgress, signal: controller.signal })
    await expect(fetching).rejects.toBe(reason)
    expect(await readdir(directory)).toEqual([])
  })
})
