import { spawn } from "node:child_process"
import { open, readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { DataDirectory } from "./data-directory.ts"
import { unpackError } from "./engine-messages.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import type { ServerMessage } from "./server-messages.ts"

export type SpawnServerSettings = {
  locations: DataDirectory
  migrationsDirectory: string
  port?: number | undefined
  siteUrl?: string | undefined
  log: (message: string) => void
}

export type SpawnedServer = {
  /** False: another process was faster, and its server runs. */
  serves: boolean
  /** Lets the server go on by itself; it ends when its last lease does. */
  release(): void
}

/**
 * Starts `serve.ts` as a process of its own, out of the reach of this terminal's Ctrl-C, and waits until a server runs.
 * Raises what its start raises.
 */
export async function spawnServer(settings: SpawnServerSettings): Promise<SpawnedServer> {
  const { locations, log } = settings
  const output = await open(locations.log, "a", 0o600)
  const child = spawn(process.execPath, serveArguments(settings), {
    detached: true,
    windowsHide: true,
    stdio: ["ignore", output.fd, output.fd, "ipc"],
  })
  await output.close()
  return new Promise((resolve, reject) => {
    const release = () => {
      child.removeAllListeners()
      if (child.connected) child.disconnect()
      child.unref()
    }
    child.on("message", (message: ServerMessage) => {
      if (message.kind === "log") return log(message.text)
      if (message.kind === "failed") return reject(unpackError(message.error))
      resolve({ serves: message.kind === "ready", release })
    })
    child.on("error", (cause) => reject(notStarted({ locations, reason: cause.message })))
    child.on("exit", async (code, signal) => {
      const lines = (await readFile(locations.log, "utf8").catch(() => ""))
        .trim()
        .split("\n")
        .slice(-5)
      reject(
        notStarted({ locations, reason: [`it ended with ${signal ?? code}`, ...lines].join("\n") }),
      )
    })
  })
}

function serveArguments({
  locations,
  migrationsDirectory,
  port,
  siteUrl,
}: SpawnServerSettings): string[] {
  return [
    fileURLToPath(new URL("./serve.ts", import.meta.url)),
    `--directory=${locations.root}`,
    `--migrations=${migrationsDirectory}`,
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...(siteUrl === undefined ? [] : [`--site-url=${siteUrl}`]),
  ]
}

function notStarted(options: { locations: DataDirectory; reason: string }): LocalSupabaseError {
  return new LocalSupabaseError({
    code: "server_failed",
    message: `The server of the local database did not start: ${options.reason}`,
    hint: `Run it again; ${options.locations.log} has what it printed.`,
  })
}
