"use client"

import { type ReactNode, useState } from "react"
import { Card, CardHeader } from "../../../../components/card.tsx"
import type { RankedMemory } from "../../../../data/compare-searches.ts"
import type { RankPair } from "./compare-ranks.ts"
import { RankSlope } from "./rank-slope.tsx"
import { RankedList } from "./ranked-list.tsx"

export type Side = {
  name: string
  description: string
  /** Null where `instead` says why there are none. */
  memories: readonly RankedMemory[] | null
  instead?: ReactNode
}

const rowHeight = 64

/** Both lists side by side, each memory joined with itself by a line. */
export function ComparedResults({
  workspaceId,
  first,
  second,
  pairs,
  isByBoth,
}: {
  workspaceId: string
  first: Side
  second: Side
  /** Empty where one side has no list. */
  pairs: readonly RankPair[]
  isByBoth: boolean
}) {
  const [active, setActive] = useState<string | null>(null)
  const isCompared = first.memories !== null && second.memories !== null
  const draw = (side: Side, other: Side, sign: 1 | -1) => (
    <SideCard side={side}>
      {side.memories !== null && (
        <RankedList
          label={`Results of ${side.name}`}
          other={other.name}
          workspaceId={workspaceId}
          memories={side.memories}
          moves={
            new Map(
              (isCompared ? pairs : []).map(({ id, move }) => [
                id,
                move === null ? null : sign * move,
              ]),
            )
          }
          isByBoth={isByBoth}
          active={active}
          onActive={setActive}
        />
      )}
    </SideCard>
  )
  return (
    <div
      id="results"
      className="mt-4 grid scroll-mt-16 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(3rem,7rem)_minmax(0,1fr)] lg:gap-0"
    >
      {draw(first, second, -1)}
      <div className="hidden h-full pt-[calc(4rem+1px)] lg:block">
        {isCompared && (
          <RankSlope
            pairs={pairs}
            rows={Math.max(first.memories?.length ?? 0, second.memories?.length ?? 0)}
            rowHeight={rowHeight}
            active={active}
          />
        )}
      </div>
      {draw(second, first, 1)}
    </div>
  )
}

function SideCard({ side, children }: { side: Side; children: ReactNode }) {
  return (
    <Card className="overflow-hidden">
      <div className="border-line border-b lg:h-16">
        <CardHeader title={side.name} description={side.description} />
      </div>
      {children}
      {side.memories?.length === 0 && (
        <p className="px-6 py-12 text-balance text-center text-ink-muted text-sm">
          It found nothing. Words must all be there; by meaning there is always something nearest.
        </p>
      )}
      {side.instead}
    </Card>
  )
}
