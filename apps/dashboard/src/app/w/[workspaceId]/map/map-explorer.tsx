"use client"

import { useRouter } from "next/navigation"
import { useQueryStates } from "nuqs"
import { useCallback, useState } from "react"
import { ErrorState } from "../../../../components/error-state.tsx"
import type { MemoryMapFacts } from "../../../../data/memory-map.ts"
import { JobNotice } from "./job-notice.tsx"
import { MapSkeleton } from "./map-skeleton.tsx"
import { MapView } from "./map-view.tsx"
import { mapParams } from "./search-params.ts"
import { useMapJob } from "./use-map-job.ts"
import { useMapPoints } from "./use-map-points.ts"

/** The map with all that is said of it: kept points at once, a new layout when the vectors changed. */
export function MapExplorer({
  workspaceId,
  model,
  canCompute,
  kept,
}: {
  workspaceId: string
  model: string
  canCompute: boolean
  kept: MemoryMapFacts["kept"]
}) {
  const router = useRouter()
  const [{ by, view }, setParams] = useQueryStates(mapParams, {
    history: "replace",
    throttleMs: 300,
  })
  const [isUnable, setIsUnable] = useState(false)
  const { state, read } = useMapPoints({ workspaceId, model })
  const onComputed = useCallback(() => {
    void read()
    router.refresh()
  }, [read, router])
  const { job, compute } = useMapJob({ workspaceId, model, canCompute, onComputed })
  const onUnable = useCallback(() => setIsUnable(true), [])
  const notice = (
    <JobNotice
      job={job}
      computedAt={kept?.computedAt ?? null}
      canCompute={canCompute}
      onCompute={compute}
    />
  )
  if (state.status === "failed")
    return <ErrorState code="unreachable" onRetry={() => void read()} />
  if (state.status === "loading") return <MapSkeleton />
  if (state.points === null || state.points.ids.length === 0) {
    return (
      <div className="flex min-h-64 items-center justify-center rounded-lg border border-line bg-surface p-6">
        {notice}
      </div>
    )
  }
  return (
    <MapView
      workspaceId={workspaceId}
      points={state.points}
      by={by}
      view={view}
      isUnable={isUnable}
      notice={notice}
      onBy={(next) => void setParams({ by: next })}
      onView={(next) => void setParams({ view: next })}
      onUnable={onUnable}
    />
  )
}
