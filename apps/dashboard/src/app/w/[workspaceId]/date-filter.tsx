"use client"

import { DeferredPopup, deferModule } from "../../../components/deferred-popup.tsx"
import type { DateFilterProps } from "./date-filter-parts.tsx"
import { DateTrigger } from "./date-trigger.tsx"

const parts = deferModule(() => import("./date-filter-parts.tsx"))

/** From one day to another, both included; either may be open. */
export function DateFilter(props: DateFilterProps) {
  const { from, to } = props
  return (
    <DeferredPopup
      module={parts}
      standIn={<DateTrigger aria-haspopup="dialog" aria-expanded={false} from={from} to={to} />}
      render={(module, opensAtOnce) => <module.DateFilter {...props} opensAtOnce={opensAtOnce} />}
    />
  )
}
