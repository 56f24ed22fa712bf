"use client"

import { Menu as MenuIcon } from "lucide-react"
import { usePathname } from "next/navigation"
import { useState } from "react"
import { Sheet } from "../components/dialog.tsx"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { NavigationLinks } from "./navigation-links.tsx"
import { WorkspaceSwitcher } from "./workspace-switcher.tsx"

/** On a phone the rail is a sheet that comes from the bottom, where the thumb is. */
export function PhoneNavigation() {
  const [isOpen, setIsOpen] = useState(false)
  const { workspace } = useFrame()
  const segment = usePathname().split("/")[3]
  const here = navigation.find(({ page }) => page === segment)?.label ?? "All workspaces"
  return (
    <div className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-canvas px-2 pb-[env(safe-area-inset-bottom)] md:hidden">
      <Sheet
        side="bottom"
        title="Go to"
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <button
            type="button"
            className="flex h-13 w-full items-center gap-3 px-2 text-left text-sm"
          >
            <MenuIcon aria-hidden className="size-5 text-ink-muted" />
            <span className="min-w-0 flex-1 truncate">
              <span className="font-medium">{here}</span>
              {workspace !== null && <span className="text-ink-muted"> · {workspace.name}</span>}
            </span>
            <span className="sr-only">Open the navigation</span>
          </button>
        }
      >
        <nav aria-label="Workspace" className="flex flex-col gap-2 p-2">
          <WorkspaceSwitcher />
          <NavigationLinks onNavigate={() => setIsOpen(false)} />
        </nav>
      </Sheet>
    </div>
  )
}
