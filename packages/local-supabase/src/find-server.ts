import { randomBytes } from "node:crypto"
import { answerChallenge } from "./create-http-door.ts"
import type { DataDirectory } from "./data-directory.ts"
import { type ProjectKeys, readProjectKeys } from "./project-keys.ts"
import { readServerState, type ServerState } from "./server-state.ts"

export type FoundServer = { state: ServerState; keys: ProjectKeys }

/** The server that owns a directory and answers, or null. A stale state file, or a stranger on its port, is null. */
export async function findServer(locations: DataDirectory): Promise<FoundServer | null> {
  const [state, keys] = await Promise.all([
    readServerState(locations.state),
    readProjectKeys(locations.keys),
  ])
  if (state === null || keys === null) return null
  const challenge = randomBytes(16).toString("hex")
  try {
    const response = await fetch(`${state.url}/local/v1/health?challenge=${challenge}`, {
      signal: AbortSignal.timeout(5_000),
    })
    const answer: { proof?: unknown } = JSON.parse(await response.text())
    const isOurs = answer.proof === answerChallenge({ secretKey: keys.secretKey, challenge })
    return response.ok && isOurs ? { state, keys } : null
  } catch {
    return null
  }
}
