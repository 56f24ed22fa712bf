"use client"

import { PanelLeftClose, PanelLeftOpen } from "lucide-react"
import { useState } from "react"
import { Button } from "../components/button.tsx"
import { classNames } from "../components/class-names.ts"
import { Tooltip } from "../components/tooltip.tsx"
import { NavigationLinks } from "./navigation-links.tsx"
import { railCookie } from "./rail-cookie.ts"
import { WorkspaceSwitcher } from "./workspace-switcher.tsx"

export function Rail({ isCollapsedAtFirst }: { isCollapsedAtFirst: boolean }) {
  const [isCollapsed, setIsCollapsed] = useState(isCollapsedAtFirst)
  const toggle = () => {
    setIsCollapsed(!isCollapsed)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
    document.cookie = `${railCookie}=${isCollapsed ? "open" : "collapsed"}; path=/; max-age=31536000; samesite=lax`
  }
  const label = isCollapsed ? "Widen the navigation" : "Narrow the navigation"
  return (
    <aside
      className={classNames(
        "sticky top-0 hidden h-dvh shrink-0 flex-col gap-3 border-line border-r bg-canvas p-2 transition-[width] md:flex",
        isCollapsed ? "w-14" : "w-58",
      )}
    >
      <WorkspaceSwitcher isNarrow={isCollapsed} />
      <nav aria-label="Workspace" className="flex-1 overflow-y-auto">
        <NavigationLinks isNarrow={isCollapsed} />
      </nav>
      <div className={isCollapsed ? "self-center" : "self-end"}>
        <Tooltip content={label} side="right">
          <Button
            tone="quiet"
            size="icon"
            aria-label={label}
            aria-expanded={!isCollapsed}
            onClick={toggle}
          >
            {isCollapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </Button>
        </Tooltip>
      </div>
    </aside>
  )
}
