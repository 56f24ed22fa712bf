"use client"

import { Dialog } from "../components/dialog.tsx"
import { navigation } from "./navigation.ts"

const shortcuts = [
  { keys: "⌘ K", alternative: "Ctrl K", label: "Search memories, pages and commands" },
  { keys: "?", label: "This sheet" },
  { keys: "g w", label: "Go to all workspaces" },
  ...navigation.map(({ key, label }) => ({ keys: `g ${key}`, label: `Go to ${label}` })),
  { keys: "Esc", label: "Close what is open" },
]

/** The keyboard sheet. */
export function ShortcutsDialog({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="divide-y divide-line text-sm">
        {shortcuts.map(({ keys, alternative, label }) => (
          <div key={keys} className="flex h-9 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd className="flex gap-2">
              <Keys keys={keys} />
              {alternative !== undefined && <Keys keys={alternative} />}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-sunken px-1 font-mono text-ink-muted text-xs"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
