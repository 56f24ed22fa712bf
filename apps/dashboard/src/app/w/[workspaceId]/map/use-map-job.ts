import { useCallback, useEffect, useRef, useState } from "react"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { MapJobState } from "./map-job-state.ts"

const pollInMs = 600

/**
 * Asks how the kept map stands, computes it where it is missing or out of date and the user may, and follows that.
 * `onComputed` is called when a new map is there.
 */
export function useMapJob({
  workspaceId,
  model,
  canCompute,
  onComputed,
}: {
  workspaceId: string
  model: string
  canCompute: boolean
  onComputed: () => void
}) {
  const [job, setJob] = useState<MapJobState | null>(null)
  const [attempt, setAttempt] = useState(0)
  const announce = useRef(onComputed)
  useEffect(() => {
    announce.current = onComputed
  }, [onComputed])
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async (method: "GET" | "POST"): Promise<MapJobState> => {
      const rest = `/job?model=${encodeURIComponent(model)}`
      const response = await fetch(workspacePath({ workspaceId, page: "map", rest }), { method })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      return response.json()
    }
    const follow = async ({
      method,
      wasRunning,
    }: {
      method: "GET" | "POST"
      wasRunning: boolean
    }) => {
      const state = await ask(method).catch(
        (): MapJobState => ({ status: "failed", message: "The server does not answer." }),
      )
      if (isOver) return
      const isDue = state.status === "missing" || state.status === "outdated"
      if (isDue && canCompute && !wasRunning) return follow({ method: "POST", wasRunning: true })
      setJob(state)
      if (state.status === "running") {
        timer = setTimeout(() => void follow({ method: "GET", wasRunning: true }), pollInMs)
      } else if (wasRunning && state.status !== "failed") announce.current()
    }
    void follow({ method: attempt === 0 ? "GET" : "POST", wasRunning: attempt > 0 })
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [workspaceId, model, canCompute, attempt])
  const compute = useCallback(() => setAttempt((before) => before + 1), [])
  return { job, compute }
}
