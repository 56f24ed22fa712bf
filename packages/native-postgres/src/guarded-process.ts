import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { ServerUser } from "./server-directory.ts"

export type GuardedProcess = {
  /** Ends the server at once and removes its directory. */
  stop: () => Promise<void>
}

export type StartGuardedProcessOptions = {
  /** As messages name it. */
  name: string
  program: string
  arguments: readonly string[]
  /** Its working directory and log; removed when the server ends. */
  serverDirectory: string
  user: ServerUser
  /** Where shared libraries of its own lie. */
  libraryDirectory?: string
  /** What makes this server end at once. */
  endSignal: "QUIT" | "TERM"
  isReady: (log: string) => boolean | Promise<boolean>
}

const readyTimeoutInMs = 60_000
const pollIntervalInMs = 10

// It outlives this process on purpose: the pipe closes even after kill -9, and then the server goes.
const guardScript = `
"$0" "$@" >"$DIRECTORY/server.log" 2>&1 &
while read -r _; do :; done
kill -$END_SIGNAL $!
wait
rm -rf "$DIRECTORY"
`

/** Starts a server whose life is tied to this process, and waits until it takes connections. */
export async function startGuardedProcess(
  options: StartGuardedProcessOptions,
): Promise<GuardedProcess> {
  const guard = spawn("/bin/sh", ["-c", guardScript, options.program, ...options.arguments], {
    cwd: options.serverDirectory,
    env: {
      DIRECTORY: options.serverDirectory,
      END_SIGNAL: options.endSignal,
      PATH: "/usr/bin:/bin",
      ...(options.libraryDirectory && { LD_LIBRARY_PATH: options.libraryDirectory }),
    },
    stdio: ["pipe", "ignore", "ignore"],
    // A session of its own, so that Ctrl-C in the terminal reaches this process first.
    detached: true,
    ...options.user,
  })
  guard.unref()
  const stop = () => stopGuard(guard)
  try {
    await untilReady(options)
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

async function untilReady(options: StartGuardedProcessOptions): Promise<void> {
  const readLog = () => readIfThere(join(options.serverDirectory, "server.log"))
  const deadline = performance.now() + readyTimeoutInMs
  while (performance.now() < deadline) {
    const log = await readLog()
    if (await options.isReady(log)) return
    if (/FATAL|error while loading shared libraries/.test(log)) {
      throw new Error(`${options.name} did not start: ${log.trim()}`)
    }
    await sleep(pollIntervalInMs)
  }
  const log = await readLog()
  throw new Error(`${options.name} was not ready after ${readyTimeoutInMs} ms: ${log.trim()}`)
}

/** A file that a starting server may not have written yet. */
export async function readIfThere(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "")
}
