import type { ReactNode } from "react"
import { compareFigures } from "../compare-figures.ts"
import { formatFigure } from "../format/format-figure.ts"
import { StatFigure } from "./stat-figure.tsx"

/** One figure in its unit, against the one of the period before; without that it stands alone. */
export function ComparedFigure({
  label,
  now,
  before,
  unit,
  better,
  against,
  missing,
  href,
  children,
}: Parameters<typeof compareFigures>[0] & {
  label: string
  /** Why there is no value. */
  missing?: string
  href: string
  /** Below the figure. */
  children?: ReactNode
}) {
  return (
    <StatFigure
      label={label}
      value={now === null ? null : formatFigure({ value: now, unit })}
      {...(missing !== undefined && { missing })}
      href={href}
      change={compareFigures({
        now,
        before,
        unit,
        against,
        ...(better !== undefined && { better }),
      })}
    >
      {children}
    </StatFigure>
  )
}
