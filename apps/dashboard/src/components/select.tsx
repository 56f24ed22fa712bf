"use client"

import { ChevronsUpDown } from "lucide-react"
import { buttonStyle } from "./button.tsx"
import { classNames } from "./class-names.ts"
import { DeferredPopup, deferModule } from "./deferred-popup.tsx"
import type { SelectProps } from "./select-parts.tsx"

const parts = deferModule(() => import("./select-parts.tsx"))

/** One of a few values. `name` makes it part of a form, `label` is its accessible name. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, id, name, value, defaultValue, options, className, disabled } = props
  const shown = value ?? defaultValue
  return (
    <DeferredPopup
      module={parts}
      standIn={
        <>
          <button
            type="button"
            role="combobox"
            aria-haspopup="listbox"
            aria-expanded={false}
            aria-label={label}
            disabled={disabled}
            {...(id !== undefined && { id })}
            className={classNames(buttonStyle(), "justify-between font-normal", className)}
          >
            <span>{options.find((option) => option.value === shown)?.label}</span>
            <ChevronsUpDown aria-hidden className="text-ink-muted" />
          </button>
          {name !== undefined && <input type="hidden" name={name} value={shown ?? ""} />}
        </>
      }
      render={(module, opensAtOnce) => <module.Select {...props} opensAtOnce={opensAtOnce} />}
    />
  )
}
