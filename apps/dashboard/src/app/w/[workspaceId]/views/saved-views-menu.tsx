"use client"

import { Bookmark, BookmarkPlus, Check, Settings2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "../../../../components/button.tsx"
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../../../../components/menu.tsx"
import type { SavedView, ViewPage } from "../../../../data/saved-views.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"

const SaveViewDialog = dynamic(() =>
  import("./save-view-dialog.tsx").then((module) => module.SaveViewDialog),
)
const ManageViewsDialog = dynamic(() =>
  import("./manage-views-dialog.tsx").then((module) => module.ManageViewsDialog),
)

/** The views one saved of a list, and a way to save the present filters as one. */
export function SavedViewsMenu({
  workspaceId,
  page,
  views,
  query,
}: {
  workspaceId: string
  page: ViewPage
  /** Those of the page. */
  views: readonly SavedView[]
  /** The present filters; empty when there are none. */
  query: string
}) {
  const [open, setOpen] = useState<"save" | "manage" | null>(null)
  const current = views.find((view) => view.query === query)
  const close = () => setOpen(null)
  return (
    <>
      <Menu
        align="end"
        className="w-72"
        trigger={
          <Button>
            <Bookmark aria-hidden />
            <span className="max-w-40 truncate">{current?.name ?? "Views"}</span>
          </Button>
        }
      >
        {views.length === 0 && (
          <p className="max-w-64 px-2 py-1.5 text-ink-muted text-xs">
            Filter or search, then save what you see under a name. Only you see your views.
          </p>
        )}
        {views.map((view) => (
          <MenuLink
            key={view.id}
            label={view.name}
            href={workspacePath({ workspaceId, page, rest: `?${view.query}` })}
          >
            <span className="min-w-0 flex-1 truncate">{view.name}</span>
            {view === current && (
              <>
                <Check aria-hidden className="text-accent-ink" />
                <span className="sr-only">(shown)</span>
              </>
            )}
          </MenuLink>
        ))}
        {views.length > 0 && <MenuSeparator />}
        {query !== "" && current === undefined && (
          <MenuItem onSelect={() => setOpen("save")}>
            <BookmarkPlus aria-hidden />
            Save this view …
          </MenuItem>
        )}
        {views.length > 0 && (
          <MenuItem onSelect={() => setOpen("manage")}>
            <Settings2 aria-hidden />
            Rename or delete …
          </MenuItem>
        )}
      </Menu>
      {open === "save" && (
        <SaveViewDialog workspaceId={workspaceId} page={page} query={query} onClose={close} />
      )}
      {open === "manage" && (
        <ManageViewsDialog workspaceId={workspaceId} views={views} onClose={close} />
      )}
    </>
  )
}
