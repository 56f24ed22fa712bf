"use client"

import { Select as Base } from "@base-ui/react/select"
import { Check, ChevronsUpDown } from "lucide-react"
import { buttonStyle } from "./button.tsx"
import { classNames } from "./class-names.ts"
import { itemStyle, popupStyle } from "./popup-style.ts"

type SelectOption<Value extends string> = { value: Value; label: string }

export type SelectProps<Value extends string> = {
  label: string
  id?: string
  name?: string
  value?: Value
  defaultValue?: Value
  onChange?: (value: Value) => void
  options: readonly SelectOption<Value>[]
  className?: string
  disabled?: boolean
}

export function Select<Value extends string>({
  label,
  id,
  name,
  value,
  defaultValue,
  onChange,
  options,
  className,
  disabled,
  opensAtOnce,
}: SelectProps<Value> & { opensAtOnce: boolean }) {
  return (
    <Base.Root
      items={options}
      defaultOpen={opensAtOnce}
      {...(name !== undefined && { name })}
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      {...(disabled !== undefined && { disabled })}
      onValueChange={(chosen: Value | null) => {
        if (chosen !== null) onChange?.(chosen)
      }}
    >
      <Base.Trigger
        {...(id !== undefined && { id })}
        aria-label={label}
        className={classNames(buttonStyle(), "justify-between font-normal", className)}
      >
        <Base.Value />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="text-ink-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          className="z-50 select-none outline-none"
        >
          <Base.Popup className={popupStyle}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={itemStyle}>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className="ml-auto">
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
