"use client"

import { Menu as Base } from "@base-ui/react/menu"
import { Check } from "lucide-react"
import Link from "next/link"
import type { ReactElement, ReactNode } from "react"
import { classNames } from "./class-names.ts"
import { itemStyle, popupStyle } from "./popup-style.ts"

export function Menu({
  trigger,
  opensAtOnce,
  align = "start",
  className,
  children,
}: {
  trigger: ReactElement
  opensAtOnce: boolean
  align?: "start" | "end"
  className?: string
  children: ReactNode
}) {
  return (
    <Base.Root defaultOpen={opensAtOnce}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={classNames(popupStyle, className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Base.Item className={itemStyle} onClick={onSelect}>
      {children}
    </Base.Item>
  )
}

export function MenuLink({
  href,
  label,
  children,
}: {
  href: string
  /** What typing jumps to, where the content begins with something else. */
  label?: string
  children: ReactNode
}) {
  return (
    <Base.LinkItem
      {...(label !== undefined && { label })}
      className={itemStyle}
      closeOnClick
      render={<Link href={href} />}
    >
      {children}
    </Base.LinkItem>
  )
}

export function MenuChoices({
  label,
  value,
  onChange,
  choices,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  choices: readonly { value: string; label: ReactNode }[]
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={(chosen: string) => onChange(chosen)}>
      <Base.Group>
        <Base.GroupLabel className="px-2 py-1 text-ink-muted text-xs">{label}</Base.GroupLabel>
        {choices.map((choice) => (
          <Base.RadioItem
            key={choice.value}
            value={choice.value}
            closeOnClick
            className={itemStyle}
          >
            {choice.label}
            <Base.RadioItemIndicator className="ml-auto">
              <Check aria-hidden className="size-4" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}

/** An entry of a menu that fetches a file. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className={itemStyle} closeOnClick render={<a href={href} download />}>
      {children}
    </Base.LinkItem>
  )
}
