import type { ComponentProps } from "react"
import { classNames } from "./class-names.ts"
import { inputStyle } from "./input.tsx"

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={classNames(inputStyle, "field-sizing-content h-auto max-h-[60vh] py-2", className)}
      {...rest}
    />
  )
}
