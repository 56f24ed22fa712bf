"use client"

import { Popover } from "@base-ui/react/popover"
import { ChevronDown } from "lucide-react"
import { Button, buttonStyle } from "../../../components/button.tsx"
import { classNames } from "../../../components/class-names.ts"
import { Field } from "../../../components/field.tsx"
import { Input } from "../../../components/input.tsx"
import { popupStyle } from "../../../components/popup-style.ts"

/** From one day to another, both included; either may be open. */
export function DateFilter({
  from,
  to,
  onChange,
}: {
  from: string | null
  to: string | null
  onChange: (dates: { from?: string | null; to?: string | null }) => void
}) {
  const isChosen = from !== null || to !== null
  return (
    <Popover.Root>
      <Popover.Trigger
        className={classNames(
          buttonStyle(),
          "font-normal",
          isChosen && "border-accent/60 bg-accent-soft text-accent-ink",
        )}
      >
        {isChosen ? describeDates({ from, to }) : "Dates"}
        <ChevronDown aria-hidden className="opacity-70" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} className="z-50">
          <Popover.Popup
            aria-label="Dates"
            className={classNames(popupStyle, "flex w-56 flex-col gap-3 p-3")}
          >
            <Field label="From">
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={from?.slice(0, 10) ?? ""}
                  onChange={({ target }) =>
                    onChange({ from: target.value === "" ? null : target.value })
                  }
                />
              )}
            </Field>
            <Field label="To" hint="This day included, in UTC.">
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={to?.slice(0, 10) ?? ""}
                  onChange={({ target }) =>
                    onChange({ to: target.value === "" ? null : target.value })
                  }
                />
              )}
            </Field>
            <Button
              size="small"
              disabled={!isChosen}
              onClick={() => onChange({ from: null, to: null })}
            >
              Any date
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function describeDates({ from, to }: { from: string | null; to: string | null }): string {
  if (from === null) return `Until ${to?.slice(0, 10)}`
  return to === null ? `Since ${from.slice(0, 10)}` : `${from.slice(0, 10)} – ${to.slice(0, 10)}`
}
