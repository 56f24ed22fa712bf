"use client"

import { Search } from "lucide-react"
import dynamic from "next/dynamic"
import { useCallback, useState } from "react"
import { buttonStyle } from "../components/button.tsx"
import { classNames } from "../components/class-names.ts"
import { useShortcuts } from "./use-shortcuts.ts"

const CommandPalette = dynamic(() =>
  import("./command-palette.tsx").then((module) => module.CommandPalette),
)
const ShortcutsDialog = dynamic(() =>
  import("./shortcuts-dialog.tsx").then((module) => module.ShortcutsDialog),
)

/** Opens the palette, as ⌘K does; both sheets are fetched when they are first wanted. */
export function SearchButton() {
  const [isPaletteOpen, setIsPaletteOpen] = useState(false)
  const [isSheetOpen, setIsSheetOpen] = useState(false)
  const [isWanted, setIsWanted] = useState({ palette: false, sheet: false })
  const openPalette = useCallback(() => {
    setIsWanted((wanted) => ({ ...wanted, palette: true }))
    setIsPaletteOpen(true)
  }, [])
  const openSheet = useCallback(() => {
    setIsWanted((wanted) => ({ ...wanted, sheet: true }))
    setIsSheetOpen(true)
  }, [])
  useShortcuts({ onPalette: openPalette, onSheet: openSheet })
  return (
    <>
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Meta+K Control+K"
        className={classNames(
          buttonStyle(),
          "justify-start font-normal text-ink-muted max-sm:size-8 max-sm:justify-center max-sm:border-transparent max-sm:bg-transparent max-sm:px-0 lg:w-56",
        )}
      >
        <Search aria-hidden />
        <span className="flex-1 text-left max-sm:sr-only">Search</span>
        <kbd aria-hidden className="hidden font-mono text-ink-faint text-xs lg:inline">
          ⌘K
        </kbd>
      </button>
      {isWanted.palette && (
        <CommandPalette
          isOpen={isPaletteOpen}
          onOpenChange={setIsPaletteOpen}
          onShowShortcuts={openSheet}
        />
      )}
      {isWanted.sheet && <ShortcutsDialog isOpen={isSheetOpen} onOpenChange={setIsSheetOpen} />}
    </>
  )
}
