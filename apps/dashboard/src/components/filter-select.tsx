"use client"

import { DeferredPopup, deferModule } from "./deferred-popup.tsx"
import type { FilterSelectProps } from "./filter-select-parts.tsx"
import { FilterTrigger } from "./filter-trigger.tsx"

const parts = deferModule(() => import("./filter-select-parts.tsx"))

/** Any of several values; what is chosen is counted on the button. */
export function FilterSelect(props: FilterSelectProps) {
  const { label, chosen } = props
  return (
    <DeferredPopup
      module={parts}
      standIn={
        <FilterTrigger
          role="combobox"
          aria-haspopup="dialog"
          aria-expanded={false}
          label={label}
          chosen={chosen}
        />
      }
      render={(module, opensAtOnce) => <module.FilterSelect {...props} opensAtOnce={opensAtOnce} />}
    />
  )
}
