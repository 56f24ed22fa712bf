import { useEffect, useState } from "react"
import { OutcomeBadge } from "../../../../components/outcome-badge.tsx"
import type { NamedMemory } from "../../../../data/read-memories-by-id.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { Point, Size } from "./camera.ts"

const known = new Map<string, NamedMemory>()
const patienceInMs = 80
const mostKnown = 500

/** Beside the pointer: which memory a point is. What one was is kept for the next time. */
export function HoveredMemory({
  workspaceId,
  id,
  point,
  size,
}: {
  workspaceId: string
  id: string
  point: Point
  size: Size
}) {
  const [memory, setMemory] = useState(() => known.get(`${workspaceId} ${id}`) ?? null)
  useEffect(() => {
    if (memory !== null) return
    const left = new AbortController()
    const timer = setTimeout(async () => {
      const address = workspacePath({ workspaceId, page: "map", rest: `/memories?ids=${id}` })
      const response = await fetch(address, { signal: left.signal }).catch(() => null)
      const [found]: NamedMemory[] = response?.ok === true ? await response.json() : []
      if (found === undefined || left.signal.aborted) return
      if (known.size > mostKnown) known.clear()
      known.set(`${workspaceId} ${id}`, found)
      setMemory(found)
    }, patienceInMs)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [workspaceId, id, memory])
  if (memory === null) return null
  const isRight = point.x > size.width / 2
  const isLow = point.y > size.height / 2
  return (
    <div
      className="pointer-events-none absolute w-64 max-w-[70%] rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-raised"
      style={{
        ...(isRight ? { right: size.width - point.x + 12 } : { left: point.x + 12 }),
        ...(isLow ? { bottom: size.height - point.y + 12 } : { top: point.y + 12 }),
      }}
    >
      <p className="font-medium text-ink text-sm">{memory.title}</p>
      {memory.description !== null && (
        <p className="mt-0.5 line-clamp-2 text-ink-muted">{memory.description}</p>
      )}
      <p className="mt-1.5 flex flex-wrap items-center gap-2 text-ink-muted">
        <OutcomeBadge outcome={memory.outcome} />
        {[memory.domain, memory.stage > 0 && `generation ${memory.stage}`]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  )
}
