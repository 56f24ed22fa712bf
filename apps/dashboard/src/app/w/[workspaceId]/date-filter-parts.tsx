"use client"

import { Popover } from "@base-ui/react/popover"
import { Button } from "../../../components/button.tsx"
import { classNames } from "../../../components/class-names.ts"
import { Field } from "../../../components/field.tsx"
import { Input } from "../../../components/input.tsx"
import { popupStyle } from "../../../components/popup-style.ts"
import { DateTrigger } from "./date-trigger.tsx"

export type DateFilterProps = {
  from: string | null
  to: string | null
  onChange: (dates: { from?: string | null; to?: string | null }) => void
}

export function DateFilter({
  from,
  to,
  onChange,
  opensAtOnce,
}: DateFilterProps & { opensAtOnce: boolean }) {
  const isChosen = from !== null || to !== null
  return (
    <Popover.Root defaultOpen={opensAtOnce}>
      <Popover.Trigger render={<DateTrigger from={from} to={to} />} />
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
