import { Lasso, X } from "lucide-react"
import Link from "next/link"
import { Button } from "../../../../components/button.tsx"
import { Card } from "../../../../components/card.tsx"
import { OutcomeBadge } from "../../../../components/outcome-badge.tsx"
import { RowsSkeleton } from "../../../../components/skeleton.tsx"
import { countOf } from "../../../../formats/format-count.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { useNamedMemories } from "./use-named-memories.ts"

/** The memories behind the chosen points. */
export function ChosenMemories({
  workspaceId,
  ids,
  title,
  onClear,
}: {
  workspaceId: string
  /** Null while nothing is chosen. */
  ids: readonly string[] | null
  title: string
  onClear: () => void
}) {
  return (
    <Card
      aria-label="Chosen memories"
      className="flex max-h-[34rem] flex-col xl:max-h-[clamp(24rem,80vh,68rem)]"
    >
      {ids === null ? (
        <div className="flex flex-col items-center px-6 py-12 text-center">
          <Lasso aria-hidden className="mb-3 size-5 text-ink-muted" />
          <h2 className="font-medium">Choose memories to list them here</h2>
          <p className="mt-1 text-balance text-ink-muted text-sm">
            Draw a lasso around points, press one of them, or press a group below the map. By
            keyboard: move the map with the arrow keys, then press Enter for what is in view.
          </p>
        </div>
      ) : (
        <>
          <div className="flex items-center justify-between gap-3 border-line border-b py-2 pr-2 pl-4">
            <h2 className="min-w-0 text-sm" aria-live="polite">
              <span className="font-medium">
                {countOf(ids.length, { one: "memory", many: "memories" })}
              </span>
              <span className="text-ink-muted"> {title}</span>
            </h2>
            <Button tone="quiet" size="small" onClick={onClear}>
              <X aria-hidden />
              Clear
            </Button>
          </div>
          <NamedList workspaceId={workspaceId} ids={ids} />
        </>
      )}
    </Card>
  )
}

function NamedList({ workspaceId, ids }: { workspaceId: string; ids: readonly string[] }) {
  const { memories, state, hasMore, readMore } = useNamedMemories({ workspaceId, ids })
  if (ids.length === 0) {
    return <p className="px-4 py-8 text-center text-ink-muted text-sm">No memory lies there.</p>
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul aria-label="Memories" className="divide-y divide-line">
        {memories.map((memory) => (
          <li key={memory.id}>
            <Link
              href={workspacePath({ workspaceId, page: "memories", rest: `/${memory.id}` })}
              prefetch={false}
              className="block px-4 py-2.5 hover:bg-hover/50"
            >
              <span className="line-clamp-2 font-medium text-sm">{memory.title}</span>
              <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted text-xs">
                <OutcomeBadge outcome={memory.outcome} />
                {[memory.domain, memory.stage > 0 && `generation ${memory.stage}`]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {state === "loading" && memories.length === 0 && <RowsSkeleton rows={6} />}
      <div className="flex justify-center p-3 empty:hidden">
        {state === "failed" ? (
          <span role="alert" className="flex items-center gap-3 text-failure text-sm">
            The memories could not be read.
            <Button size="small" onClick={readMore}>
              Try again
            </Button>
          </span>
        ) : (
          hasMore &&
          memories.length > 0 && (
            <Button size="small" onClick={readMore} aria-disabled={state === "loading"}>
              Show more
            </Button>
          )
        )}
      </div>
    </div>
  )
}
