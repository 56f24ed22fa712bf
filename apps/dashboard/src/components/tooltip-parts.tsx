"use client"

import { Tooltip as Base } from "@base-ui/react/tooltip"
import type { ReactElement, ReactNode } from "react"

export function Tooltip({
  content,
  side = "top",
  children,
}: {
  content: ReactNode
  side?: "top" | "right" | "bottom" | "left"
  children: ReactElement
}) {
  return (
    <Base.Root>
      <Base.Trigger delay={300} render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="max-w-xs rounded-md border border-line bg-raised px-2 py-1 text-ink text-xs shadow-raised">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
