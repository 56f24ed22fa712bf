import type { ComponentProps, ReactNode } from "react"
import { classNames } from "./class-names.ts"

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}
      {...rest}
    />
  )
}

export function CardHeader({
  title,
  description,
  actions,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="flex items-start justify-between gap-4 px-4 pt-3 pb-2">
      <div className="min-w-0">
        <h2 className="font-medium text-base">{title}</h2>
        {description !== undefined && <p className="text-ink-muted text-sm">{description}</p>}
      </div>
      {actions}
    </div>
  )
}
