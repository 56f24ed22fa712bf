import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { ServerUser } from "./server-directory.ts"

export type ServerProcess = {
  /** Ends the server at once and removes its directory. */
  stop: () => Promise<void>
}

export type StartServerProcessOptions = {
  program: string
  port: number
  settings: Record<string, string>
  /** Holds `data`; removed when the server ends. */
  serverDirectory: string
  user: ServerUser
}

const readyTimeoutInMs = 60_000
const pollIntervalInMs = 10

// It outlives this process on purpose: the pipe closes even after kill -9, and then the server goes.
const guardScript = `
"$0" "$@" >"$DIRECTORY/server.log" 2>&1 &
while read -r _; do :; done
kill -QUIT $!
wait
rm -rf "$DIRECTORY"
`

/** Starts a server whose life is tied to this process, and waits until it takes connections. */
export async function startServerProcess(
  options: StartServerProcessOptions,
): Promise<ServerProcess> {
  const settings = Object.entries(options.settings)
  const guard = spawn(
    "/bin/sh",
    [
      "-c",
      guardScript,
      options.program,
      "-D",
      join(options.serverDirectory, "data"),
      `--port=${options.port}`,
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      cwd: options.serverDirectory,
      env: { DIRECTORY: options.serverDirectory, PATH: "/usr/bin:/bin" },
      stdio: ["pipe", "ignore", "ignore"],
      // A session of its own, so that Ctrl-C in the terminal reaches this process first.
      detached: true,
      ...options.user,
    },
  )
  guard.unref()
  const stop = () => stopGuard(guard)
  try {
    await untilReady(options.serverDirectory)
  } catch (cause) {
    await stop()
    throw cause
  }
  return { stop }
}

async function stopGuard(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return
  guard.ref()
  const exited = once(guard, "exit")
  guard.stdin?.end()
  await exited
}

async function untilReady(serverDirectory: string): Promise<void> {
  const deadline = performance.now() + readyTimeoutInMs
  while (performance.now() < deadline) {
    // The last line of this file is the server's own word for its state.
    const state = await readIfThere(join(serverDirectory, "data/postmaster.pid"))
    if (state.trimEnd().endsWith("ready")) return
    const log = await readIfThere(join(serverDirectory, "server.log"))
    if (log.includes("FATAL:")) throw new Error(`PostgreSQL did not start: ${log.trim()}`)
    await sleep(pollIntervalInMs)
  }
  const log = await readIfThere(join(serverDirectory, "server.log"))
  throw new Error(`PostgreSQL was not ready after ${readyTimeoutInMs} ms: ${log.trim()}`)
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "")
}
