import { useCallback, useEffect, useState } from "react"
import type { NamedMemory } from "../../../../data/read-memories-by-id.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"

const namedAtOnce = 50

/** The first memories of these ids, and more on demand. */
export function useNamedMemories({
  workspaceId,
  ids,
}: {
  workspaceId: string
  ids: readonly string[]
}) {
  const [memories, setMemories] = useState<readonly NamedMemory[]>([])
  const [asked, setAsked] = useState(0)
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle")
  const read = useCallback(
    async ({ from, signal }: { from: number; signal?: AbortSignal }) => {
      const wanted = ids.slice(from, from + namedAtOnce)
      if (wanted.length === 0) return
      setState("loading")
      const rest = `/memories?ids=${wanted.join(",")}`
      try {
        const response = await fetch(workspacePath({ workspaceId, page: "map", rest }), {
          ...(signal !== undefined && { signal }),
        })
        if (!response.ok) throw new Error(`HTTP ${response.status}`)
        const found: NamedMemory[] = await response.json()
        setMemories((before) => [...before.slice(0, from), ...found])
        setAsked(from + wanted.length)
        setState("idle")
      } catch {
        if (signal?.aborted !== true) setState("failed")
      }
    },
    [workspaceId, ids],
  )
  useEffect(() => {
    const left = new AbortController()
    setMemories([])
    setAsked(0)
    void read({ from: 0, signal: left.signal })
    return () => left.abort()
  }, [read])
  const readMore = useCallback(() => void read({ from: asked }), [read, asked])
  return { memories, state, hasMore: asked < ids.length, readMore }
}
