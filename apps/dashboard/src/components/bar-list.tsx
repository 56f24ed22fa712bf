import Link from "next/link"
import type { ReactNode } from "react"
import { formatFigure } from "../format/format-figure.ts"
import { classNames } from "./class-names.ts"

export type BarListItem = {
  key: string
  label: ReactNode
  count: number
  href?: string
  /** The background class of its bar; the accent's where none is given. */
  barClass?: string
}

/** Counts by name as bars with their figures, each a link to its rows. Shares are of `total`. */
export function BarList({
  label,
  items,
  total,
  more,
}: {
  label: string
  items: readonly BarListItem[]
  total: number
  /** The last row, such as a link to what is left out. */
  more?: ReactNode
}) {
  const largest = Math.max(1, ...items.map(({ count }) => count))
  return (
    <ul aria-label={label} className="px-2 pb-2">
      {items.map(({ key, label: name, count, href, barClass }) => {
        const body = (
          <>
            <span
              aria-hidden
              className={classNames(
                "absolute inset-y-1 left-0 rounded-sm bg-accent-soft",
                barClass,
              )}
              style={{ width: `${(100 * count) / largest}%` }}
            />
            <span className="relative min-w-0 flex-1 truncate">{name}</span>
            <span className="relative tabular-nums">
              {formatFigure({ value: count, unit: "count" })}
            </span>
            <span className="relative w-14 text-right text-ink-muted tabular-nums">
              {formatFigure({ value: total === 0 ? null : (100 * count) / total, unit: "percent" })}
            </span>
          </>
        )
        const row = "relative flex h-9 items-center gap-2 rounded-sm px-2 text-sm"
        return (
          <li key={key}>
            {href === undefined ? (
              <div className={row}>{body}</div>
            ) : (
              <Link href={href} prefetch={false} className={classNames(row, "hover:bg-hover/60")}>
                {body}
              </Link>
            )}
          </li>
        )
      })}
      {more !== undefined && <li className="px-2 pt-1 text-ink-muted text-sm">{more}</li>}
    </ul>
  )
}
