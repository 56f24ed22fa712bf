"use client"

import { Combobox } from "@base-ui/react/combobox"
import { Check } from "lucide-react"
import { formatCount } from "../formats/format-count.ts"
import { classNames } from "./class-names.ts"
import { FilterTrigger } from "./filter-trigger.tsx"
import { inputStyle } from "./input.tsx"
import { itemStyle, popupStyle } from "./popup-style.ts"

type FilterOption = { value: string; count?: number }

const optionsWorthSearching = 8

export type FilterSelectProps = {
  label: string
  options: readonly FilterOption[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

export function FilterSelect({
  label,
  options,
  chosen,
  onChange,
  opensAtOnce,
}: FilterSelectProps & { opensAtOnce: boolean }) {
  const known = new Set(options.map(({ value }) => value))
  const items = [
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value })),
    ...options,
  ]
  const value = items.filter((item) => chosen.includes(item.value))
  return (
    <Combobox.Root
      multiple
      defaultOpen={opensAtOnce}
      items={items}
      value={value}
      onValueChange={(next: FilterOption[]) => onChange(next.map((item) => item.value))}
      itemToStringLabel={(item: FilterOption) => item.value}
      isItemEqualToValue={(item: FilterOption, other: FilterOption) => item.value === other.value}
    >
      <Combobox.Trigger render={<FilterTrigger label={label} chosen={chosen} />} />
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
          <Combobox.Popup
            aria-label={label}
            className={classNames(popupStyle, "flex w-64 flex-col overflow-hidden")}
          >
            {items.length > optionsWorthSearching && (
              <Combobox.Input
                aria-label={`Search ${label.toLowerCase()}`}
                placeholder={`Search ${label.toLowerCase()} …`}
                className={classNames(inputStyle, "mb-1 h-8 text-sm")}
              />
            )}
            <Combobox.Empty className="px-2 text-ink-muted empty:hidden [&:not(:empty)]:py-2">
              None is named like this.
            </Combobox.Empty>
            <Combobox.List className="max-h-72 overflow-y-auto overscroll-contain outline-none">
              {(item: FilterOption) => (
                <Combobox.Item key={item.value} value={item} className={itemStyle}>
                  <span className="grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong">
                    <Combobox.ItemIndicator>
                      <Check aria-hidden className="size-3.5" />
                    </Combobox.ItemIndicator>
                  </span>
                  <span className="min-w-0 flex-1 truncate">{item.value}</span>
                  {item.count !== undefined && (
                    <span className="text-ink-muted text-xs tabular-nums">
                      {formatCount(item.count)}
                    </span>
                  )}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
