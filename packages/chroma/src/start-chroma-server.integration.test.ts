import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startChromaServer } from "./start-chroma-server.ts"

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chroma-server-start-"))
})

afterAll(() => rm(directory, { recursive: true, force: true }))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100 && isAlive(pid); attempt++) await wait(50)
  return !isAlive(pid)
}

describe("startChromaServer", () => {
  it("serves until it is stopped, and refuses a port that is taken", async () => {
    const server = await startChromaServer({ directory: join(directory, "served") })
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect((await fetch(`${server.url}/api/v2/version`)).status).toBe(200)
    const second = { directory: join(directory, "second"), port: server.port }
    await expect(startChromaServer(second)).rejects.toMatchObject({ code: "usage" })
    await server.stop()
    await server.stop()
    expect(isAlive(server.pid)).toBe(false)
    await expect(fetch(server.url)).rejects.toThrow()
  })

  it("says why it did not come up", async () => {
    const file = join(directory, "a-file")
    await writeFile(file, "not a directory")
    await expect(startChromaServer({ directory: file })).rejects.toMatchObject({
      code: "source:unreachable",
      message: expect.stringContaining(file),
    })
  })

  it("dies with its parent, even when that is killed", async () => {
    const module = JSON.stringify(new URL("./start-chroma-server.ts", import.meta.url))
    const options = JSON.stringify({ directory: join(directory, "orphan") })
    const program = `const { startChromaServer } = await import(${module})
      const server = await startChromaServer(${options})
      console.log(server.pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const [output] = await once(parent.stdout, "data")
    const pid = Number(String(output))
    expect(isAlive(pid)).toBe(true)
    parent.kill("SIGKILL")
    expect(await untilGone(pid)).toBe(true)
  })
})
