import { ChevronDown } from "lucide-react"
import type { ComponentProps } from "react"
import { buttonStyle } from "../../../components/button.tsx"
import { classNames } from "../../../components/class-names.ts"

/** The button of the filter of dates, with what is chosen. */
export function DateTrigger({
  from,
  to,
  ...rest
}: ComponentProps<"button"> & { from: string | null; to: string | null }) {
  const isChosen = from !== null || to !== null
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        buttonStyle(),
        "font-normal",
        isChosen && "border-accent/60 bg-accent-soft text-accent-ink",
      )}
    >
      {isChosen ? describeDates({ from, to }) : "Dates"}
      <ChevronDown aria-hidden className="opacity-70" />
    </button>
  )
}

function describeDates({ from, to }: { from: string | null; to: string | null }): string {
  if (from === null) return `Until ${to?.slice(0, 10)}`
  return to === null ? `Since ${from.slice(0, 10)}` : `${from.slice(0, 10)} – ${to.slice(0, 10)}`
}
