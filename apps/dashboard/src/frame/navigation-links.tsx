"use client"

import Link from "next/link"
import { usePathname } from "next/navigation"
import { classNames } from "../components/class-names.ts"
import { Tooltip } from "../components/tooltip.tsx"
import { useFrame } from "./frame-provider.tsx"
import { navigation } from "./navigation.ts"
import { WorkspaceMark } from "./workspace-mark.tsx"
import { workspacePath } from "./workspace-path.ts"

/** The pages of the workspace; across all of them, the workspaces. */
export function NavigationLinks({
  isNarrow = false,
  onNavigate,
}: {
  isNarrow?: boolean
  onNavigate?: () => void
}) {
  const { workspaceId, workspaces } = useFrame()
  const pathname = usePathname()
  const entries =
    workspaceId === null
      ? workspaces.map(({ id, name }) => ({
          href: workspacePath({ workspaceId: id, page: "overview" }),
          label: name,
          icon: <WorkspaceMark name={name} />,
        }))
      : navigation.map(({ page, label, Icon }) => ({
          href: workspacePath({ workspaceId, page }),
          label,
          icon: <Icon aria-hidden className="size-4 shrink-0" />,
        }))
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(({ href, label, icon }) => {
        const isHere = pathname === href || pathname.startsWith(`${href}/`)
        const link = (
          <Link
            href={href}
            prefetch={false}
            aria-current={isHere ? "page" : undefined}
            {...(onNavigate !== undefined && { onClick: onNavigate })}
            className={classNames(
              "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-ink-muted text-sm transition-colors hover:bg-hover hover:text-ink max-md:h-11",
              isHere && "bg-hover font-medium text-ink [&_svg]:text-accent-ink",
              isNarrow && "justify-center px-0",
            )}
          >
            {icon}
            <span className={isNarrow ? "sr-only" : "truncate"}>{label}</span>
          </Link>
        )
        return (
          <li key={href}>
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
