"use client"

import { cloneElement, type ReactElement, type ReactNode, useEffect, useState } from "react"
import { DeferredPopup, deferModule, deferredPart } from "./deferred-popup.tsx"

const parts = deferModule(() => import("./dialog-parts.tsx"))

type Opening = {
  trigger?: ReactElement<{ "aria-haspopup"?: "dialog"; "aria-expanded"?: boolean }>
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
}

/** A question over the page. Give `trigger`, or `isOpen` and `onOpenChange`. */
export function Dialog(
  props: Opening & { title: string; description?: ReactNode; children: ReactNode },
) {
  return (
    <DeferredDialog
      opening={props}
      render={(module, opensAtOnce) => <module.Dialog {...props} opensAtOnce={opensAtOnce} />}
    />
  )
}

/** The same from the bottom edge, for a phone; `side` right is a drawer beside the page. */
export function Sheet(
  props: Opening & { title: string; side: "bottom" | "right"; children: ReactNode },
) {
  return (
    <DeferredDialog
      opening={props}
      render={(module, opensAtOnce) => <module.Sheet {...props} opensAtOnce={opensAtOnce} />}
    />
  )
}

/** A button that closes the dialog it is in. */
export const DialogClose = deferredPart(parts, (module) => module.DialogClose)

type Parts = typeof import("./dialog-parts.tsx")

function DeferredDialog({
  opening: { trigger, isOpen = false, onOpenChange },
  render,
}: {
  opening: Opening
  render: (module: Parts, opensAtOnce: boolean) => ReactNode
}) {
  const [module, setModule] = useState<Parts | null>(null)
  useEffect(() => {
    if (isOpen) void parts.load().then(setModule)
  }, [isOpen])
  if (trigger === undefined) return module === null ? null : render(module, false)
  return (
    <DeferredPopup
      module={parts}
      standIn={cloneElement(trigger, { "aria-haspopup": "dialog", "aria-expanded": false })}
      render={(loaded, opensAtOnce) => (
        <OpenAtOnce isDue={opensAtOnce} {...(onOpenChange !== undefined && { onOpenChange })}>
          {render(loaded, opensAtOnce)}
        </OpenAtOnce>
      )}
    />
  )
}

/** Tells whoever keeps the state of a dialog that it was pressed before its code was there. */
function OpenAtOnce({
  isDue,
  onOpenChange,
  children,
}: {
  isDue: boolean
  onOpenChange?: (isOpen: boolean) => void
  children: ReactNode
}) {
  useEffect(() => {
    if (isDue) onOpenChange?.(true)
  }, [])
  return children
}
