import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs } from "node:util"
import { locateDataDirectory } from "./data-directory.ts"
import { packError } from "./engine-messages.ts"
import { findServer } from "./find-server.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { type OpenServer, type OpenServerSettings, openServer } from "./open-server.ts"
import type { ServerMessage } from "./server-messages.ts"

const USAGE = `Serves the embedded Supabase of a directory until nobody uses it any more.

  node serve.ts --directory DIR --migrations DIR [--port N] [--site-url URL] [--keep-running]

It ends a second after its last client did, or ten seconds after the start when none came; with --keep-running it
ends with Ctrl-C. When the directory has a server already, it says so and ends.
`
const FIRST_CLIENT_WITHIN_MS = 10_000
const LAST_CLIENT_GONE_FOR_MS = 1_000
const OTHER_SERVER_DECIDES_WITHIN_MS = 60_000

const { values } = readArguments()
if (values.directory === undefined || values.migrations === undefined) usage()
else await serve({ directory: values.directory, migrations: values.migrations })

function readArguments() {
  try {
    return parseArgs({
      options: {
        directory: { type: "string" },
        migrations: { type: "string" },
        port: { type: "string" },
        "site-url": { type: "string" },
        "keep-running": { type: "boolean", default: false },
      },
    })
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error))
  }
}

function usage(reason = "Both --directory and --migrations are needed."): never {
  console.error(`${reason}\n\n${USAGE}`)
  process.exit(2)
}

/** Resolves when the starter has it, so that this process may end. */
async function tell(message: ServerMessage): Promise<void> {
  if (process.connected) await new Promise((resolve) => process.send?.(message, resolve))
  else if (message.kind === "log") console.log(message.text)
}

async function serve(options: { directory: string; migrations: string }): Promise<void> {
  let server: OpenServer | undefined
  let timer: NodeJS.Timeout | undefined
  const hasStarter = process.connected
  const stop = async (exitCode: number) => {
    await server?.close()
    process.exit(exitCode)
  }
  const stopWithoutClients = (afterMs: number) => {
    clearTimeout(timer)
    if (values["keep-running"] || server === undefined || server.leases.count > 0) return
    timer = setTimeout(() => stop(0), afterMs)
  }
  process.on("SIGTERM", () => stop(0))
  process.on("SIGINT", () => stop(130))
  process.on("disconnect", () => stopWithoutClients(LAST_CLIENT_GONE_FOR_MS))
  try {
    server = await openWhenFree({
      directory: options.directory,
      migrationsDirectory: options.migrations,
      port: values.port === undefined ? undefined : Number(values.port),
      siteUrl: values["site-url"],
      log: (text) => tell({ kind: "log", text }),
      onLeases: () => stopWithoutClients(LAST_CLIENT_GONE_FOR_MS),
      onLost: (error) => {
        console.error(error.message)
        stop(1)
      },
    })
  } catch (error) {
    const packed = packError(error)
    if (process.connected) await tell({ kind: "failed", error: packed })
    else console.error(`${packed.message}\n${packed.hint}`)
    process.exit(1)
  }
  if (server === undefined) {
    await tell({ kind: "log", text: "The directory has a running server already." })
    await tell({ kind: "running" })
    process.exit(0)
  }
  const isStarterGone = hasStarter && !process.connected
  stopWithoutClients(isStarterGone ? LAST_CLIENT_GONE_FOR_MS : FIRST_CLIENT_WITHIN_MS)
  tell({
    kind: "log",
    text: `Local Supabase is ready: ${server.url} (keys: ${server.locations.keys})`,
  })
  tell({ kind: "ready" })
}

/** Undefined when another server of the directory answers; waits while one is starting or closing. */
async function openWhenFree(settings: OpenServerSettings): Promise<OpenServer | undefined> {
  const deadline = Date.now() + OTHER_SERVER_DECIDES_WITHIN_MS
  for (;;) {
    try {
      return await openServer(settings)
    } catch (error) {
      const isHeld = error instanceof LocalSupabaseError && error.code === "directory_in_use"
      if (!isHeld || Date.now() > deadline) throw error
      if ((await findServer(locateDataDirectory(settings.directory))) !== null) return undefined
      await sleep(100)
    }
  }
}
