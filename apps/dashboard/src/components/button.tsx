import { cva, type VariantProps } from "class-variance-authority"
import type { ComponentProps } from "react"
import { classNames } from "./class-names.ts"

/** Also for links that look like a button: `<Link className={buttonStyle({ tone: "primary" })}>`. */
export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-60 aria-disabled:pointer-events-none aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary: "border border-line bg-surface text-ink hover:bg-hover",
        quiet: "text-ink-muted hover:bg-hover hover:text-ink",
        danger: "border border-line bg-surface text-failure hover:bg-failure-soft",
      },
      size: {
        small: "h-7 px-2 text-xs",
        medium: "h-8 px-3 text-sm",
        large: "h-9 px-4 text-base",
        icon: "size-8",
      },
    },
    defaultVariants: { tone: "secondary", size: "medium" },
  },
)

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle>

/** Does something on this page; what leads elsewhere is a link. */
export function Button({ tone, size, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={classNames(buttonStyle({ tone, size }), className)} {...rest} />
  )
}
