import { type ChildProcess, spawn } from "node:child_process"
import { Socket } from "node:net"
import path from "node:path"
import process from "node:process"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { ReasoningBankError } from "@reasoningbank/core"
import { findFreePort } from "./find-free-port.ts"

export type StartChromaServerOptions = {
  /** Chroma directory to serve; made when it does not exist. */
  directory: string
  /** Port on 127.0.0.1. @default a free one */
  port?: number
  /** How long to wait for the first heartbeat. @default 60000 */
  startTimeoutInMs?: number
}

export type ChromaServer = {
  /** `http://127.0.0.1:<port>` */
  url: string
  port: number
  pid: number
  /** Sends a signal (default SIGKILL, as a power cut would) and waits until the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Ends the server and waits until the process is gone; a second call does nothing. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const bindingsPackages: Record<string, string> = {
  "darwin-arm64": "chromadb-js-bindings-darwin-arm64",
  "darwin-x64": "chromadb-js-bindings-darwin-x64",
  "linux-arm64": "chromadb-js-bindings-linux-arm64-gnu",
  "linux-x64": "chromadb-js-bindings-linux-x64-gnu",
  "win32-x64": "chromadb-js-bindings-win32-x64-msvc",
}

/**
 * Starts the real Chroma server (from npm `chromadb`) on 127.0.0.1 and waits for its heartbeat. It
 * sees none of this process's environment, and dies with this process however that ends.
 * Raises `source:unsupported` where Chroma's native library does not load, `source:unreachable` when
 * the server does not come up.
 */
export async function startChromaServer({
  directory,
  port: wantedPort,
  startTimeoutInMs = 60_000,
}: StartChromaServerOptions): Promise<ChromaServer> {
  const platform = `${process.platform}-${process.arch}`
  const bindingsPackage = bindingsPackages[platform]
  if (bindingsPackage === undefined) throw unsupported({ platform, reason: "there is none for it" })
  const port = await findFreePort(wantedPort)
  const url = `http://127.0.0.1:${port}`

  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("./chroma-server-process.ts", import.meta.url)),
      bindingsPackage,
      ...["--path", path.resolve(directory), "--host", "127.0.0.1", "--port", String(port)],
    ],
    {
      // NODE_ENV because programs of Next.js, which import this, have it in the type of every environment.
      env: {
        NODE_ENV: "production",
        ANONYMIZED_TELEMETRY: "False",
        DO_NOT_TRACK: "1",
        RUST_BACKTRACE: "0",
      },
      stdio: ["pipe", "ignore", "pipe"],
    },
  )
  const exited = new Promise<void>((resolve) => {
    child.once("close", () => resolve())
    child.once("error", () => resolve())
  })
  const output = collectOutput(child)
  const isGone = () =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null

  async function kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    child.ref()
    if (!isGone()) child.kill(signal)
    await exited
  }
  async function stop(): Promise<void> {
    const forced = setTimeout(() => child.kill("SIGKILL"), 5_000)
    await kill("SIGTERM")
    clearTimeout(forced)
  }

  const deadline = performance.now() + startTimeoutInMs
  while (!isGone() && performance.now() < deadline) {
    if (await answersHeartbeat(url)) {
      letParentExit(child)
      return { url, port, pid: child.pid ?? 0, kill, stop, [Symbol.asyncDispose]: stop }
    }
    await Promise.race([wait(25), exited])
  }
  await kill()
  throw startFailure({ platform, directory, output: output() })
}

type StartFailure = { platform: string; directory: string; output: string }

function startFailure({ platform, directory, output }: StartFailure): ReasoningBankError {
  if (/Cannot find module|ERR_DLOPEN_FAILED|GLIBC|cannot open shared object/i.test(output)) {
    return unsupported({ platform, reason: output })
  }
  return new ReasoningBankError({
    code: "source:unreachable",
    message: `The Chroma server did not come up on ${directory}: ${output || "it said nothing"}.`,
    hint: "Check that the directory can be written and that no other program has it open.",
  })
}

function unsupported({ platform, reason }: { platform: string; reason: string }) {
  return new ReasoningBankError({
    code: "source:unsupported",
    message: `Chroma's native server library could not be loaded on ${platform}: ${reason}.`,
    hint: "Chroma's server from npm runs on Linux with glibc (x64, arm64), macOS and Windows x64; elsewhere give an existing Chroma directory or the address of a running server.",
  })
}

async function answersHeartbeat(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/v2/heartbeat`, { signal: AbortSignal.timeout(2_000) })
    await response.text()
    return response.ok
  } catch {
    return false
  }
}

function collectOutput(child: ChildProcess): () => string {
  let output = ""
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(0, 2_000)
  })
  child.once("error", (error) => {
    output += error.message
  })
  return () => output.trim().replaceAll(/\s+/g, " ")
}

function letParentExit(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stderr]) if (stream instanceof Socket) stream.unref()
}
