import { useEffect, useState } from "react"
import type { SavedView } from "../data/saved-views.ts"

/** The user's saved views of a workspace, read anew each time the palette opens; none while they are on their way. */
export function useSavedViews({
  workspaceId,
  isWanted,
}: {
  workspaceId: string | null
  isWanted: boolean
}): readonly SavedView[] {
  const [views, setViews] = useState<readonly SavedView[]>([])
  useEffect(() => {
    if (!isWanted || workspaceId === null) return
    const left = new AbortController()
    const read = async () => {
      const address = `/w/${encodeURIComponent(workspaceId)}/views`
      const answer = await fetch(address, { signal: left.signal }).catch(() => null)
      if (answer?.ok === true) setViews(await answer.json())
    }
    void read()
    return () => left.abort()
  }, [workspaceId, isWanted])
  return views
}
