import { TriangleAlert } from "lucide-react"
import { Badge } from "../../../../components/badge.tsx"
import { classNames } from "../../../../components/class-names.ts"
import { OutcomeBadge } from "../../../../components/outcome-badge.tsx"
import type { MemoryRow } from "../../../../data/memory-row.ts"

/** The facts about a memory that fit in a row: outcome of its trace, domain, difficulty, generation, tags. */
export function MemoryFacts({ row, isOneLine = false }: { row: MemoryRow; isOneLine?: boolean }) {
  const mostTags = isOneLine ? 2 : 3
  const { outcome, traceId, domain, difficulty, stage, tags, isFromError } = row
  return (
    <span
      className={classNames(
        "flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted text-xs",
        isOneLine && "xl:flex-nowrap xl:overflow-hidden",
      )}
    >
      {traceId !== null && <OutcomeBadge outcome={outcome} />}
      {isFromError && (
        <Badge tone="partial">
          <TriangleAlert aria-hidden className="size-3" />
          From a mistake
        </Badge>
      )}
      <span className="whitespace-nowrap">
        {[domain, difficulty, stage > 0 && `generation ${stage}`].filter(Boolean).join(" · ")}
      </span>
      {tags.slice(0, mostTags).map((tag) => (
        <span key={tag} className="rounded-sm bg-sunken px-1.5 font-mono leading-5">
          {tag}
        </span>
      ))}
      {tags.length > mostTags && <span>+{tags.length - mostTags}</span>}
    </span>
  )
}
