"use client"

import Link from "next/link"
import { usePathname } from "next/navigation"
import { classNames } from "../components/class-names.ts"
import { Tooltip } from "../components/tooltip.tsx"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { workspacePath } from "./workspace-path.ts"

/** The pages of the workspace; without one there is nothing to list. */
export function NavigationLinks({
  isNarrow = false,
  onNavigate,
}: {
  isNarrow?: boolean
  onNavigate?: () => void
}) {
  const { workspaceId } = useFrame()
  const pathname = usePathname()
  if (workspaceId === null) return null
  return (
    <ul className="flex flex-col gap-0.5">
      {navigation.map(({ page, label, Icon }) => {
        const href = workspacePath({ workspaceId, page })
        const isHere = pathname === href || pathname.startsWith(`${href}/`)
        const link = (
          <Link
            href={href}
            prefetch={false}
            aria-current={isHere ? "page" : undefined}
            {...(onNavigate !== undefined && { onClick: onNavigate })}
            className={classNames(
              "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-ink-muted text-sm transition-colors hover:bg-hover hover:text-ink max-md:h-11",
              isHere && "bg-hover font-medium text-ink",
              isNarrow && "justify-center px-0",
            )}
          >
            <Icon
              aria-hidden
              className={classNames("size-4 shrink-0", isHere && "text-accent-ink")}
            />
            <span className={isNarrow ? "sr-only" : undefined}>{label}</span>
          </Link>
        )
        return (
          <li key={page}>
            {isNarrow ? (
              <Tooltip content={label} side="right">
                {link}
              </Tooltip>
            ) : (
              link
            )}
          </li>
        )
      })}
    </ul>
  )
}
