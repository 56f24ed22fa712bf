import type { ComponentProps } from "react"
import { classNames } from "./class-names.ts"

/** A plain table that scrolls sideways inside its card. Rows are 36 px. */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table
        aria-label={label}
        className={classNames("w-full border-collapse text-left text-sm", className)}
        {...rest}
      />
    </section>
  )
}

export function TableHead({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={classNames(
        "h-9 whitespace-nowrap border-line border-b px-4 font-medium text-ink-muted text-xs",
        className,
      )}
      {...rest}
    />
  )
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={classNames("border-line border-b last:border-b-0 hover:bg-hover/40", className)}
      {...rest}
    />
  )
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={classNames("h-9 px-4 tabular-nums", className)} {...rest} />
}
