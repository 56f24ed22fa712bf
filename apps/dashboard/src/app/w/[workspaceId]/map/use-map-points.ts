import { useCallback, useEffect, useState } from "react"
import type { MapPoints } from "../../../../data/memory-map.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"

export type PointsState =
  | { status: "loading" }
  | { status: "failed" }
  | { status: "ready"; points: MapPoints | null }

/** The points of the kept map; old ones stay while new ones are read. */
export function useMapPoints({ workspaceId, model }: { workspaceId: string; model: string }) {
  const [state, setState] = useState<PointsState>({ status: "loading" })
  const read = useCallback(async () => {
    const rest = `/points?model=${encodeURIComponent(model)}`
    try {
      const response = await fetch(workspacePath({ workspaceId, page: "map", rest }))
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      const points: MapPoints | null = await response.json()
      setState({ status: "ready", points })
    } catch {
      setState((before) => (before.status === "ready" ? before : { status: "failed" }))
    }
  }, [workspaceId, model])
  useEffect(() => {
    void read()
  }, [read])
  return { state, read }
}
