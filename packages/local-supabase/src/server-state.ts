import { readFile, rename, rm, writeFile } from "node:fs/promises"

/** How other processes find the server that owns a data directory. The keys are in their own file. */
export type ServerState = {
  url: string
  pid: number
  /** SHA-256 of the migrations the server applied; a caller with others must not use it. */
  migrationsDigest: string
}

export async function writeServerState(stateFile: string, state: ServerState): Promise<void> {
  const unfinished = `${stateFile}.unfinished`
  await writeFile(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  await rename(unfinished, stateFile)
}

/** Null when there is none; a killed server leaves a stale one behind, so check that the server answers. */
export async function readServerState(stateFile: string): Promise<ServerState | null> {
  let state: unknown
  try {
    state = JSON.parse(await readFile(stateFile, "utf8"))
  } catch {
    return null
  }
  return isServerState(state) ? state : null
}

export async function removeServerState(stateFile: string): Promise<void> {
  await rm(stateFile, { force: true })
}

function isServerState(value: unknown): value is ServerState {
  return (
    typeof value === "object" &&
    value !== null &&
    "url" in value &&
    typeof value.url === "string" &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "migrationsDigest" in value &&
    typeof value.migrationsDigest === "string"
  )
}
