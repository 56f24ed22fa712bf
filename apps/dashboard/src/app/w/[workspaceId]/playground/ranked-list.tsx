"use client"

import Link from "next/link"
import { classNames } from "../../../../components/class-names.ts"
import type { RankedMemory } from "../../../../data/compare-searches.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { RankMove } from "./rank-move.tsx"

/** What one side found, the best first; each row leads to its memory and lights up with its counterpart. */
export function RankedList({
  label,
  other,
  workspaceId,
  memories,
  moves,
  isByBoth,
  active,
  onActive,
}: {
  label: string
  /** What the other side is called. */
  other: string
  workspaceId: string
  memories: readonly RankedMemory[]
  /** By id: places higher or lower than on the other side. */
  moves: ReadonlyMap<string, number | null>
  /** Whether it was searched by words and meaning, each with a rank of its own. */
  isByBoth: boolean
  active: string | null
  onActive: (id: string | null) => void
}) {
  return (
    <ol aria-label={label} className="min-w-0">
      {memories.map(({ id, title, similarity, semanticRank, keywordRank }, place) => (
        <li key={id} className="border-line border-t first:border-t-0 lg:h-16">
          <Link
            href={workspacePath({ workspaceId, page: "memories", rest: `/${id}` })}
            prefetch={false}
            onMouseEnter={() => onActive(id)}
            onMouseLeave={() => onActive(null)}
            onFocus={() => onActive(id)}
            onBlur={() => onActive(null)}
            className={classNames(
              "flex items-center gap-3 px-4 py-2 lg:h-full",
              active === id ? "bg-accent-soft" : "hover:bg-hover/50",
            )}
          >
            <span className="w-6 shrink-0 text-right font-medium text-ink-muted text-sm tabular-nums">
              {place + 1}
            </span>
            <span className="line-clamp-2 min-w-0 flex-1 font-medium text-sm" title={title}>
              {title}
            </span>
            <span className="flex shrink-0 flex-col items-end gap-1">
              {similarity !== null && <Similarity value={similarity} />}
              <span className="flex items-center gap-2 text-ink-muted text-xs tabular-nums">
                {isByBoth && ranksText({ semanticRank, keywordRank })}
                {moves.has(id) && <RankMove places={moves.get(id) ?? null} other={other} />}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}

function Similarity({ value }: { value: number }) {
  return (
    <span className="flex items-center gap-2 text-ink-muted text-xs tabular-nums">
      <span aria-hidden className="h-1.5 w-12 overflow-hidden rounded-full bg-sunken">
        <span
          className="block h-full bg-(--chart-1)"
          style={{ width: `${Math.max(value, 0) * 100}%` }}
        />
      </span>
      <span>
        <span className="sr-only">similarity </span>
        {value.toFixed(3)}
      </span>
    </span>
  )
}

/** Where each part of a search by both found it. */
function ranksText({
  semanticRank,
  keywordRank,
}: Pick<RankedMemory, "semanticRank" | "keywordRank">): string {
  return [
    semanticRank !== null && `meaning #${semanticRank}`,
    keywordRank !== null && `words #${keywordRank}`,
  ]
    .filter(Boolean)
    .join(" · ")
}
