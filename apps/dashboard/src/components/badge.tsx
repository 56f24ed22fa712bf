import { cva, type VariantProps } from "class-variance-authority"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

const badgeStyle = cva(
  "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-muted",
        accent: "bg-accent-soft text-accent-ink",
        success: "bg-success-soft text-success",
        partial: "bg-partial-soft text-partial",
        failure: "bg-failure-soft text-failure",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
)

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>

export function Badge({
  tone,
  className,
  children,
}: {
  tone?: BadgeTone
  className?: string
  children: ReactNode
}) {
  return <span className={classNames(badgeStyle({ tone }), className)}>{children}</span>
}
