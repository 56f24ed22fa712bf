import { ChevronDown } from "lucide-react"
import type { ComponentProps } from "react"
import { buttonStyle } from "./button.tsx"
import { classNames } from "./class-names.ts"

/** The button of a filter, with how many values are chosen. */
export function FilterTrigger({
  label,
  chosen,
  ...rest
}: ComponentProps<"button"> & { label: string; chosen: readonly string[] }) {
  return (
    <button
      type="button"
      aria-label={chosen.length === 0 ? label : `${label}: ${chosen.join(", ")}`}
      {...rest}
      className={classNames(
        buttonStyle(),
        "font-normal",
        chosen.length > 0 && "border-accent/60 bg-accent-soft text-accent-ink",
      )}
    >
      {label}
      {chosen.length > 0 && <span className="font-medium tabular-nums">{chosen.length}</span>}
      <ChevronDown aria-hidden className="opacity-70" />
    </button>
  )
}
