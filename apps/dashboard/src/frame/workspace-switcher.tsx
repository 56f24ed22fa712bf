"use client"

import { ChevronsUpDown, Layers, Plus, Settings } from "lucide-react"
import { usePathname } from "next/navigation"
import { classNames } from "../components/class-names.ts"
import { Menu, MenuLink, MenuSeparator } from "../components/menu.tsx"
import { useFrame } from "./frame-provider.tsx"
import { WorkspaceMark } from "./workspace-mark.tsx"
import { type WorkspacePage, workspacePages, workspacePath } from "./workspace-path.ts"

/** Changes the workspace and stays on the page one is on. */
export function WorkspaceSwitcher({ isNarrow = false }: { isNarrow?: boolean }) {
  const { workspaces, workspace } = useFrame()
  const page = useCurrentPage()
  const name = workspace?.name ?? "All workspaces"
  return (
    <Menu
      className="w-64"
      trigger={
        <button
          type="button"
          className={classNames(
            "flex h-10 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-popup-open:bg-hover",
            isNarrow && "justify-center px-0",
          )}
        >
          <span className="sr-only">Workspace: {isNarrow && name}</span>
          <WorkspaceMark name={name} isAll={workspace === null} />
          <span className="sr-only">{`Workspace: ${name}. Switch`}</span>
          {!isNarrow && (
            <>
              <span aria-hidden className="min-w-0 flex-1 truncate font-medium text-sm">
                {name}
              </span>
              <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-muted" />
            </>
          )}
        </button>
      }
    >
      {workspaces.map(({ id, name: label, role }) => (
        <MenuLink key={id} label={label} href={workspacePath({ workspaceId: id, page })}>
          <WorkspaceMark name={label} />
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <span className="text-ink-muted text-xs">{role}</span>
        </MenuLink>
      ))}
      {workspaces.length > 0 && <MenuSeparator />}
      <MenuLink href="/workspaces">
        <Layers aria-hidden />
        All workspaces
      </MenuLink>
      {workspace !== null && (
        <MenuLink href={workspacePath({ workspaceId: workspace.id, page: "settings" })}>
          <Settings aria-hidden />
          Settings of {workspace.name}
        </MenuLink>
      )}
      <MenuLink href="/welcome">
        <Plus aria-hidden />
        New workspace
      </MenuLink>
    </Menu>
  )
}

function useCurrentPage(): WorkspacePage {
  const segment = usePathname().split("/")[3]
  return workspacePages.find((page) => page === segment) ?? "overview"
}
