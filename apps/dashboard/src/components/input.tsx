import type { ComponentProps } from "react"
import { classNames } from "./class-names.ts"

export const inputStyle =
  "h-9 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-base text-ink placeholder:text-ink-faint hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-failure"

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(inputStyle, className)} {...rest} />
}
