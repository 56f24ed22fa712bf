"use client"

import type { ReactElement, ReactNode } from "react"
import { DeferredPopup, deferModule } from "./deferred-popup.tsx"

const parts = deferModule(() => import("./tooltip-parts.tsx"))

/** A word about a control on hover and focus; the control has its own accessible name. */
export function Tooltip(props: {
  content: ReactNode
  side?: "top" | "right" | "bottom" | "left"
  children: ReactElement
}) {
  return (
    <DeferredPopup
      module={parts}
      standIn={props.children}
      render={(module) => <module.Tooltip {...props} />}
    />
  )
}
