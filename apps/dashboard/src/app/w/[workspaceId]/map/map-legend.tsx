import { formatCount } from "../../../../formats/format-count.ts"
import { GroupMark } from "./group-mark.tsx"
import type { PointGroup } from "./group-points.ts"

/** What the colours and shapes mean; a press lists the memories of a group. */
export function MapLegend({
  groups,
  onChoose,
}: {
  groups: readonly PointGroup[]
  onChoose: (group: number) => void
}) {
  return (
    <ul aria-label="Groups" className="flex flex-wrap gap-1 pt-2">
      {groups.map(
        (group, place) =>
          group.count > 0 && (
            <li key={group.label}>
              <button
                type="button"
                onClick={() => onChoose(place)}
                className="flex h-7 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover"
              >
                <GroupMark colour={group.colour} shape={group.shape} />
                <span>{group.label}</span>
                <span className="text-ink-muted text-xs tabular-nums">
                  {formatCount(group.count)}
                </span>
              </button>
            </li>
          ),
      )}
    </ul>
  )
}
