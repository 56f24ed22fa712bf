"use client"

import { Autocomplete } from "@base-ui/react/autocomplete"
import { Dialog } from "@base-ui/react/dialog"
import { Search } from "lucide-react"
import { useState } from "react"
import { itemStyle } from "../components/popup-style.ts"
import { useFrame } from "./frame-provider.tsx"
import { type Command, useCommands } from "./use-commands.ts"
import { useSavedViews } from "./use-saved-views.ts"

/** ⌘K: every page, workspace and action by its name, and a search of the memories. */
export function CommandPalette({
  isOpen,
  onOpenChange,
  onShowShortcuts,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onShowShortcuts: () => void
}) {
  const [typed, setTyped] = useState("")
  const { workspaceId } = useFrame()
  const views = useSavedViews({ workspaceId, isWanted: isOpen })
  const groups = useCommands({ typed, views, onShowShortcuts })
  const run = (command: Command) => {
    onOpenChange(false)
    setTyped("")
    command.run()
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Search and commands"
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(30rem,76vh)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-raised transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={typed}
            onValueChange={(value) => setTyped(value)}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-ink-muted" />
              <Autocomplete.Input
                aria-label="Search memories, pages and commands"
                placeholder="Search memories, pages and commands"
                className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-faint"
              />
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1">
              <Autocomplete.Empty className="px-3 text-ink-muted text-sm not-empty:py-6">
                Nothing is called like that.
              </Autocomplete.Empty>
              <Autocomplete.List className="outline-none">
                {(group: (typeof groups)[number]) => (
                  <Autocomplete.Group key={group.value} items={group.items}>
                    <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-ink-muted text-xs">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(command: Command) => (
                        <Autocomplete.Item
                          key={command.value}
                          value={command}
                          className={itemStyle}
                          onClick={() => run(command)}
                        >
                          <command.Icon aria-hidden className="text-ink-muted" />
                          <span className="min-w-0 flex-1 truncate">{command.label}</span>
                          {command.keys !== undefined && (
                            <kbd className="font-mono text-ink-faint text-xs">{command.keys}</kbd>
                          )}
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
          </Autocomplete.Root>
          <Dialog.Close className="sr-only">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
