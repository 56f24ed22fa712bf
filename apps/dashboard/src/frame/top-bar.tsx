"use client"

import { ChevronRight } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { AccountMenu } from "./account-menu.tsx"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { PeriodSelect } from "./period-select.tsx"
import { SearchButton } from "./search-button.tsx"
import { ThemeMenu } from "./theme-menu.tsx"
import { workspacePath } from "./workspace-path.ts"

/** Pages that look at a stretch of time. */
const pagesWithPeriod = new Set(["overview", "latency", "workspaces"])

/** Where I am, the period, search, theme and account. */
export function TopBar() {
  const { workspace } = useFrame()
  const [, area, , segment] = usePathname().split("/")
  const here = navigation.find(({ page }) => page === segment)
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-canvas/95 px-4 backdrop-blur-sm sm:px-6 lg:px-8">
      <div className="mx-auto flex h-12 max-w-[1680px] items-center gap-2">
        <nav aria-label="Where you are" className="min-w-0 flex-1">
          <ol className="flex min-w-0 items-center gap-1 text-sm">
            {workspace === null ? (
              <li className="truncate font-medium">
                {area === "account" ? "Account" : "All workspaces"}
              </li>
            ) : (
              <>
                <li className="hidden min-w-0 truncate text-ink-muted sm:block">
                  <Link
                    href={workspacePath({ workspaceId: workspace.id, page: "overview" })}
                    prefetch={false}
                    className="hover:text-ink"
                  >
                    {workspace.name}
                  </Link>
                </li>
                <ChevronRight
                  aria-hidden
                  className="hidden size-4 shrink-0 text-ink-faint sm:block"
                />
                <li className="truncate font-medium">{here?.label ?? "Settings"}</li>
              </>
            )}
          </ol>
        </nav>
        {pagesWithPeriod.has(segment ?? area ?? "") && <PeriodSelect />}
        <SearchButton />
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  )
}
