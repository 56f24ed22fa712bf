"use client"

import { cloneElement, type ReactElement, type ReactNode } from "react"
import { DeferredPopup, deferModule, deferredPart } from "./deferred-popup.tsx"

const parts = deferModule(() => import("./menu-parts.tsx"))

/** What opens on a button and offers things to do or places to go. */
export function Menu({
  trigger,
  ...rest
}: {
  trigger: ReactElement<{ "aria-haspopup"?: "menu"; "aria-expanded"?: boolean }>
  align?: "start" | "end"
  className?: string
  children: ReactNode
}) {
  return (
    <DeferredPopup
      module={parts}
      standIn={cloneElement(trigger, { "aria-haspopup": "menu", "aria-expanded": false })}
      render={(module, opensAtOnce) => (
        <module.Menu trigger={trigger} opensAtOnce={opensAtOnce} {...rest} />
      )}
    />
  )
}

export const MenuItem = deferredPart(parts, (module) => module.MenuItem)
export const MenuLink = deferredPart(parts, (module) => module.MenuLink)
/** One of several, such as a theme. */
export const MenuChoices = deferredPart(parts, (module) => module.MenuChoices)
export const MenuSeparator = deferredPart(parts, (module) => module.MenuSeparator)
/** An entry that fetches a file. */
export const MenuDownload = deferredPart(parts, (module) => module.MenuDownload)
