import "server-only"
import type { StorageBackend } from "@reasoningbank/core/storage"
import { readEnvironment } from "../env.ts"
import { openEmbedder } from "./embed-text.ts"

const keptInMs = 60_000
const patienceInMs = 15_000

let kept: { backend: Promise<StorageBackend>; until: number } | undefined

export function hasChroma(): boolean {
  return readEnvironment().chroma !== null
}

/**
 * The Chroma that this server's environment names, to be read only; null without one. It is opened anew every minute and
 * after a failure, so that collections which came or went since are seen. Chroma knows no users: whoever asks it has
 * made sure before that the user is a member of the workspace asked about.
 */
export async function openChroma(): Promise<StorageBackend | null> {
  const { chroma } = readEnvironment()
  if (chroma === null) return null
  if (kept === undefined || kept.until < Date.now()) {
    kept = { backend: connect(chroma), until: Date.now() + keptInMs }
    kept.backend.catch(forgetChroma)
  }
  return kept.backend
}

/** The next question opens it anew. */
export function forgetChroma(): void {
  kept = undefined
}

async function connect({
  url,
  token,
}: {
  url: string
  token: string | undefined
}): Promise<StorageBackend> {
  // Loaded as it is: it can start servers from its own files, which a bundle does not have.
  const { createChromaBackend } = await import(/* turbopackIgnore: true */ "@reasoningbank/chroma")
  return createChromaBackend({
    url,
    ...(token !== undefined && { token }),
    embedder: openEmbedder,
    isReadOnly: true,
    retries: 0,
    requestTimeoutInMs: patienceInMs,
  })
}
