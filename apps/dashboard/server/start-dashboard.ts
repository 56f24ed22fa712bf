import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { inheritedEnvironment } from "./env.ts"
import { dashboardDirectory, nextCommand } from "./next-command.ts"

export type DashboardSettings = {
  /** `start` serves the production build. */
  mode: "dev" | "start"
  port: number
  supabaseUrl: string
  publishableKey: string
  /** Of a Chroma that the playground compares with. */
  chromaUrl?: string
  /** Where the embedding model lies, when not where it usually does. */
  modelDirectory?: string
  /** Where an embedded server writes its mails: they get a page of their own. */
  mailsDirectory?: string
  /** Whether Next.js prints where this process does. @default false */
  isVerbose?: boolean
}

export type RunningDashboard = {
  url: string
  /** Its exit code, once it ends by itself or by `stop`. */
  exited: Promise<number>
  stop(): Promise<void>
}

const patienceInMs = 90_000

/** Starts Next.js on 127.0.0.1 and waits until it answers. Throws with what it printed when it does not. */
export async function startDashboard(settings: DashboardSettings): Promise<RunningDashboard> {
  const { mode, port, isVerbose = false } = settings
  const child = spawn(
    process.execPath,
    [nextCommand, mode, "--port", String(port), "--hostname", "127.0.0.1"],
    {
      cwd: dashboardDirectory,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...inheritedEnvironment(),
        NODE_ENV: mode === "dev" ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_PUBLIC_SUPABASE_URL: settings.supabaseUrl,
        NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: settings.publishableKey,
        LOCAL_MAILS_DIRECTORY: settings.mailsDirectory ?? "",
        ...(settings.chromaUrl !== undefined && { CHROMA_URL: settings.chromaUrl }),
        ...(settings.modelDirectory !== undefined && {
          REASONING_BANK_MODEL_DIRECTORY: settings.modelDirectory,
        }),
      },
    },
  )
  const printed = collectOutput({ child, isVerbose })
  const exited = once(child, "exit").then(([code]) => (typeof code === "number" ? code : 0))
  const stop = async () => {
    child.kill("SIGTERM")
    await exited
  }
  const url = `http://localhost:${port}`
  if (await answers({ url: `http://127.0.0.1:${port}/login`, exited })) return { url, exited, stop }
  await stop()
  throw new Error(`The dashboard did not start on port ${port}:\n${printed()}`)
}

async function answers({ url, exited }: { url: string; exited: Promise<number> }) {
  let hasExited = false
  void exited.then(() => {
    hasExited = true
  })
  const deadline = Date.now() + patienceInMs
  while (!hasExited && Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(() => null)
    if (response !== null) return true
    await sleep(150)
  }
  return false
}

function collectOutput({ child, isVerbose }: { child: ChildProcess; isVerbose: boolean }) {
  let tail = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      if (isVerbose) process.stderr.write(chunk)
      tail = (tail + chunk.toString()).slice(-8_000)
    })
  }
  return () => tail
}
