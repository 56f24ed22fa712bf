import "server-only"
import type { MapStep } from "../../../../../data/compute-memory-map.ts"
import { computeMemoryMap } from "../../../../../data/compute-memory-map.ts"
import { DataError } from "../../../../../data/data-error.ts"
import type { MapJobState } from "../map-job-state.ts"

type Running = { step: MapStep; share: number; since: number }
type Scope = { workspaceId: string; model: string }

const running = new Map<string, Running>()
const failures = new Map<string, string>()

const keyOf = ({ workspaceId, model }: Scope) => JSON.stringify([workspaceId, model])

/** Computes the map unless this server is at it already. Never rejects: how it ended is for `readMapJob` to say. */
export async function runMapJob(scope: Scope): Promise<void> {
  const key = keyOf(scope)
  if (running.has(key)) return
  failures.delete(key)
  let since = Date.now()
  let step: MapStep = "reading"
  running.set(key, { step, share: 0, since })
  try {
    await computeMemoryMap({
      ...scope,
      onProgress: (now, share) => {
        if (now !== step) since = Date.now()
        step = now
        running.set(key, { step, share, since })
      },
    })
  } catch (error) {
    if (!(error instanceof DataError)) console.error("A map could not be computed:", error)
    failures.set(key, error instanceof DataError ? error.message : "Laying the vectors out failed.")
  } finally {
    running.delete(key)
  }
}

/** What this server is doing about the map; null when nothing. */
export function readMapJob(scope: Scope): MapJobState | null {
  const key = keyOf(scope)
  const job = running.get(key)
  if (job !== undefined) {
    const { step, share, since } = job
    const spentInMs = Date.now() - since
    return {
      status: "running",
      step,
      share,
      leftInMs: step === "arranging" && share > 0.05 ? (spentInMs / share) * (1 - share) : null,
    }
  }
  const message = failures.get(key)
  return message === undefined ? null : { status: "failed", message }
}
