import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react"
import Link from "next/link"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

export type Change = {
  direction: "up" | "down" | "none"
  /** Such as "+13 points". */
  text: string
  /** Null where neither direction is better. */
  isGood: boolean | null
  /** What it is compared with, such as "the 30 days before". */
  against: string
}

const arrows = { up: ArrowUpRight, down: ArrowDownRight, none: ArrowRight }

/** One figure, a link to the rows that make it up. Null is shown as a dash with its reason, never as 0. */
export function StatFigure({
  label,
  value,
  missing,
  change,
  href,
  children,
}: {
  label: string
  value: ReactNode | null
  /** Why there is no value. */
  missing?: string
  change?: Change | undefined
  href?: string
  /** Below the figure, such as a sparkline. */
  children?: ReactNode
}) {
  const body = (
    <>
      <span className="text-ink-muted text-sm">{label}</span>
      <span className="mt-1 font-semibold text-xl tabular-nums tracking-tight">
        {value ?? (
          <>
            <span aria-hidden>–</span>
            <span className="sr-only">no value</span>
          </>
        )}
      </span>
      {value === null && missing !== undefined && (
        <span className="text-ink-muted text-xs">{missing}</span>
      )}
      {change !== undefined && <ChangeLine change={change} />}
      {children}
    </>
  )
  const frame = "flex min-w-0 flex-col rounded-lg border border-line bg-surface p-4"
  if (href === undefined) return <div className={frame}>{body}</div>
  return (
    <Link
      href={href}
      className={classNames(frame, "transition-colors hover:border-line-strong hover:bg-hover/40")}
    >
      {body}
    </Link>
  )
}

function ChangeLine({ change: { direction, text, isGood, against } }: { change: Change }) {
  const Arrow = arrows[direction]
  const tone = isGood === null ? "text-ink-muted" : isGood ? "text-success" : "text-failure"
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-1 text-xs">
      <span className={classNames("inline-flex items-center gap-0.5 font-medium", tone)}>
        <Arrow aria-hidden className="size-3.5" />
        {text}
        {isGood !== null && <span className="sr-only">{isGood ? "(better)" : "(worse)"}</span>}
      </span>
      <span className="text-ink-faint">against {against}</span>
    </span>
  )
}
